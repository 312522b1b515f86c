//! Units that come and go without a checkout.

use crate::db::Tx;
use crate::entity::variant;
use crate::{Refusal, Result};
use model::{VariantId, limits};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// What a new variant has: so many units on hand, and none of them on hold.
pub(crate) fn first(units: i64) -> variant::ActiveModel {
    variant::ActiveModel {
        received: Set(units),
        on_hand: Set(units),
        held: Set(0),
        ..Default::default()
    }
}

/// Adds `change` units to what is on hand, but never fewer than those on hold stay, and never more than a variant can
/// have.
///
/// # Errors
/// [`Refusal::StockFull`]; [`Refusal::StockOnHold`], which names the units that were `held` when they were read.
pub(crate) async fn correct(tx: &Tx, id: VariantId, held: i64, change: i64) -> Result<()> {
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

/// Puts sold units back, which were received once already; as many as a variant can have at most.
///
/// # Errors
/// [`Refusal::RestockFull`].
pub(crate) async fn restock(tx: &Tx, id: VariantId, units: i64) -> Result<()> {
    let after = || Expr::col(variant::Column::OnHand).add(units);
    let update = variant::Entity::update_many()
        .col_expr(variant::Column::OnHand, after())
        .filter(variant::Column::Id.eq(id))
        .filter(after().lte(limits::STOCK));
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Refusal::RestockFull.into()),
    }
}
