//! A page that a store pasted, and how far it is on its way to a product.

use super::PageUrl;
use model::{ImportId, ImportProblem, ImportState, ProductId, ShopImportId, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ImportId,
    pub store_id: StoreId,
    pub page_key: String,
    pub url: PageUrl,
    pub state: ImportState,
    pub problem: Option<ImportProblem>,
    pub found: String,
    pub title: Option<String>,
    pub shop_id: Option<ShopImportId>,
    pub product_id: Option<ProductId>,
    pub asked_at: Timestamp,
    pub changed_at: Timestamp,
    pub attempts: i64,
    pub taken_until: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
