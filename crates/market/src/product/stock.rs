use crate::Result;
use crate::db::{Locked, Tx};
use crate::entity::variant;
use model::ProductId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A product's variants by rising id, locked until the transaction ends: whoever decides by stock on hand must
/// hold them.
pub(crate) async fn lock_variants(tx: &Tx, product: ProductId) -> Result<Vec<variant::Model>> {
    let find = variant::Entity::find().filter(variant::Column::ProductId.eq(product));
    Ok(find
        .order_by_asc(variant::Column::Id)
        .locked()
        .all(tx.db())
        .await?)
}

/// Units on hand over all variants, held ones included.
pub(crate) fn on_hand(variants: &[variant::Model]) -> i64 {
    variants.iter().map(|variant| variant.on_hand).sum()
}
