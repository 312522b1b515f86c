//! Units of variants: what was received, what is on hand, and what of that is held for checkouts. Nobody else writes
//! these columns.
//!
//! Units change by conditional updates whose row count is looked at, on rows that their transaction has locked by
//! [`lock`] or with a cart's lines. What an offer covers follows (`offer::coverage`).

#![warn(clippy::arithmetic_side_effects)]

mod aside;
mod correct;
mod units;

pub(crate) use aside::{give_back, sell, take};
pub(crate) use correct::{correct, first, restock};
pub(crate) use units::{Units, has, on_hand_after, summed};

use crate::Result;
use crate::db::{Locked, Tx};
use crate::entity::variant;
use model::ProductId;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

/// All variants of some products, locked by rising id until the transaction ends: whoever decides by stock on hand,
/// or about what may be covered, must hold them.
pub(crate) async fn lock(
    tx: &Tx,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<Vec<variant::Model>> {
    let find = variant::Entity::find()
        .filter(variant::Column::ProductId.is_in(products))
        .order_by_asc(variant::Column::Id);
    Ok(find.locked().all(tx.db()).await?)
}

impl variant::Model {
    /// Units that can be bought now.
    pub(crate) fn available(&self) -> i64 {
        self.on_hand.saturating_sub(self.held)
    }
}

/// Variants of which a unit can be bought now, as a condition.
pub(crate) fn is_available() -> SimpleExpr {
    let held = variant::Column::Held.into_expr();
    variant::Column::OnHand.into_expr().gt(held)
}
