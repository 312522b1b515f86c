//! One priced, stocked form of a product.

use model::{Money, ProductId, VariantId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variants")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: VariantId,
    pub product_id: ProductId,
    pub name: String,
    pub sku: String,
    pub price: Money,
    pub received: i64,
    pub on_hand: i64,
    pub held: i64,
    pub position: i64,
    pub retired: bool,
}

impl ActiveModelBehavior for ActiveModel {}
