//! One product on one store's shelf.

use model::{ListingId, ProductId, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ListingId,
    pub store_id: StoreId,
    pub product_id: ProductId,
    pub added_at: Timestamp,
    pub removed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
