//! A product on the list of a whole shop.

use super::PageUrl;
use model::{ImportId, ShopImportId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shop_items")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub shop_id: ShopImportId,
    pub page_key: String,
    pub url: PageUrl,
    pub title: String,
    pub position: i64,
    pub known: bool,
    pub import_id: Option<ImportId>,
}

impl ActiveModelBehavior for ActiveModel {}
