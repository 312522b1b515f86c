//! The sandbox provider's own record of a refund.

use model::{Money, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_refunds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub charge_key: String,
    pub amount: Money,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
