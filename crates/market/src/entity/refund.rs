//! Money that goes back to a shopper.

use super::RefundState;
use model::{Money, OrderId, OrderLineId, RefundId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: RefundId,
    pub key: String,
    pub order_id: OrderId,
    pub order_line_id: Option<OrderLineId>,
    pub units: i64,
    pub restocked_units: i64,
    pub amount: Money,
    pub state: RefundState,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
