//! What a maker sells.

use model::{Category, ProductId, ProductState, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ProductId,
    pub store_id: StoreId,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub category: Category,
    pub state: ProductState,
    pub search_text: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub published_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
