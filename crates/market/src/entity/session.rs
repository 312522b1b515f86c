//! A browser session; its id is a hash of the cookie.

use model::{AccountId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account_id: Option<AccountId>,
    pub data: String,
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
