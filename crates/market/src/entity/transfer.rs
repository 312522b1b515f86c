//! One movement of the ledger.

use super::Asset;
use crate::ledger::AccountCode;
use model::{OfferId, OrderId, OrderLineId, Timestamp, TransferId, TransferKind};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: TransferId,
    pub key: String,
    pub debit: AccountCode,
    pub credit: AccountCode,
    pub asset: Asset,
    pub amount: i64,
    pub kind: TransferKind,
    pub offer_id: Option<OfferId>,
    pub order_id: Option<OrderId>,
    pub order_line_id: Option<OrderLineId>,
    pub note: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
