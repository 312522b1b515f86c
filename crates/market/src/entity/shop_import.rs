//! A whole shop that a store imports.

use super::PageUrl;
use model::{Category, ImportProblem, ShopImportId, ShopImportState, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shop_imports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ShopImportId,
    pub store_id: StoreId,
    pub url: PageUrl,
    pub state: ShopImportState,
    pub problem: Option<ImportProblem>,
    pub draft_category: Option<Category>,
    pub more: bool,
    pub whole_shop: bool,
    pub asked_at: Timestamp,
    pub taken_until: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
