//! A picture copied from a page, not yet a product's.

use model::{ImportId, ImportPictureId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_pictures")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ImportPictureId,
    pub import_id: ImportId,
    pub key: String,
    pub alt: String,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
