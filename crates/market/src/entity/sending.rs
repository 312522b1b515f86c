//! A form that was sent with a key of its page.

use model::Timestamp;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sendings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub fingerprint: String,
    pub answer: i64,
    pub sent_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
