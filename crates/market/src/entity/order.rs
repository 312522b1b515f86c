//! One checkout: a hold first, an order once paid.

use model::{AccountId, CartId, Money, OrderId, OrderState, ReleaseReason, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OrderId,
    pub number: String,
    pub secret: String,
    pub key: String,
    pub fingerprint: String,
    pub state: OrderState,
    pub cart_id: CartId,
    pub account_id: Option<AccountId>,
    pub email: String,
    pub name: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub postcode: String,
    pub country: String,
    pub items: Money,
    pub shipping: Money,
    pub total: Money,
    pub hold_expires_at: Timestamp,
    pub release_reason: Option<ReleaseReason>,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    /// Where the checkout came from, by a name of that day.
    pub source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
