use crate::db::{Locked, Tx};
use crate::entity::variant;
use crate::{Refusal, Result};
use model::{ProductId, VariantId, limits};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

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

/// Adds `change` units to what is on hand, but never fewer than those on hold stay, and never more than a variant can
/// have.
pub(crate) async fn change_stock(tx: &Tx, id: VariantId, held: i64, change: i64) -> Result<()> {
    if change == 0 {
        return Ok(());
    }
    let after = || Expr::col(variant::Column::OnHand).add(change);
    let update = variant::Entity::update_many()
        .col_expr(variant::Column::OnHand, after())
        .col_expr(
            variant::Column::Received,
            Expr::col(variant::Column::Received).add(change),
        )
        .filter(variant::Column::Id.eq(id))
        .filter(after().gte(Expr::col(variant::Column::Held)))
        .filter(after().lte(limits::STOCK));
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ if change > 0 => Err(Refusal::StockFull.into()),
        _ => Err(Refusal::StockOnHold { held }.into()),
    }
}
