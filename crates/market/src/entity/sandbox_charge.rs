//! The sandbox provider's own record of a charge.

use super::SandboxState;
use model::{Money, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_charges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub card: String,
    pub amount: Money,
    pub state: SandboxState,
    pub challenge: String,
    pub answers_lost: i64,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
