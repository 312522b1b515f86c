//! A buyer whose holds are bounded; checkouts of one wait for each other at its row.

use model::Timestamp;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub seen_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
