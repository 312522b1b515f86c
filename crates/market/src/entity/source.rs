//! The page a product came from, and what it said.

use super::PageUrl;
use model::{ImportProblem, KeepInStep, ProductId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    pub url: PageUrl,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub keep_in_step: KeepInStep,
    pub read_at: Timestamp,
    pub problem: Option<ImportProblem>,
    pub failures: i64,
    pub next_at: Timestamp,
    pub taken_until: Timestamp,
    pub agreed: String,
    pub latest: String,
}

impl ActiveModelBehavior for ActiveModel {}
