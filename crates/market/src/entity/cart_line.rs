//! One variant from one listing in a cart.

use model::{CartId, CartLineId, ListingId, Money, Timestamp, VariantId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_lines")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CartLineId,
    pub cart_id: CartId,
    pub listing_id: ListingId,
    pub variant_id: VariantId,
    pub units: i64,
    pub added_at: Timestamp,
    pub seen_price: Option<Money>,
}

impl ActiveModelBehavior for ActiveModel {}
