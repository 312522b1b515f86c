//! One maker's part of an order.

use model::{Money, OrderId, ParcelId, ParcelState, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "parcels")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ParcelId,
    pub order_id: OrderId,
    pub store_id: StoreId,
    pub state: ParcelState,
    pub shipping: Money,
    pub shipping_refunded: bool,
    pub carrier: String,
    pub tracking: String,
    pub packed_at: Option<Timestamp>,
    pub shipped_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
