//! A product's stored picture.

use model::{PictureId, ProductId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pictures")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PictureId,
    pub product_id: ProductId,
    pub key: String,
    pub alt: String,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
