//! One line of an order, its terms as at the hold.

use model::{
    ListingId, Money, OfferId, OrderId, OrderLineId, ParcelId, ProductId, RewardOutcome, StoreId,
    Timestamp, Tokens, VariantId,
};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_lines")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OrderLineId,
    pub order_id: OrderId,
    pub parcel_id: ParcelId,
    pub listing_id: ListingId,
    pub seller_id: StoreId,
    pub product_id: ProductId,
    pub variant_id: VariantId,
    pub title: String,
    pub variant_name: String,
    pub price: Money,
    pub units: i64,
    pub fee: Money,
    pub offer_id: Option<OfferId>,
    pub rate: Tokens,
    pub covered_units: i64,
    pub hold_round: i64,
    pub reward_outcome: RewardOutcome,
    pub reward_due_at: Option<Timestamp>,
    pub rewarded_units: i64,
    pub cancelled_units: i64,
    pub restocked_units: i64,
}

impl ActiveModelBehavior for ActiveModel {}
