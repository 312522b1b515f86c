//! A spelling under which one store is known, and no other.

use model::StoreId;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_names")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub spelling: String,
    pub store_id: StoreId,
}

impl ActiveModelBehavior for ActiveModel {}
