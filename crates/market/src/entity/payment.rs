//! What was asked of the payment provider for an order.

use super::PaymentState;
use model::{Money, OrderId, PaymentId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PaymentId,
    pub order_id: OrderId,
    pub provider: String,
    pub method: String,
    pub amount: Money,
    pub state: PaymentState,
    pub second_step_url: String,
    pub decline_reason: String,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
