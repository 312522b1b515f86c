//! Something that holds tokens or money.

use super::Asset;
use crate::ledger::AccountCode;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: AccountCode,
    pub asset: Asset,
    pub balance: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
