//! Which of its source's variants a variant is.

use model::{ProductId, VariantId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_variants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    pub product_id: ProductId,
    pub name: String,
    pub taken: i64,
}

impl ActiveModelBehavior for ActiveModel {}
