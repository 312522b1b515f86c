//! A call to the outside that is due.

use super::Errand;
use model::Timestamp;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub kind: Errand,
    pub subject_id: i64,
    pub attempts: i64,
    pub due_at: Timestamp,
    pub taken_until: Timestamp,
    pub done_at: Option<Timestamp>,
    pub last_error: String,
}

impl ActiveModelBehavior for ActiveModel {}
