//! What was bought leaves the cart; what was not, stays.

use crate::Result;
use crate::db::{Tx, by_row};
use crate::entity::{cart_line, order_line};
use model::{CartId, CartLineId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Takes the units of an order's lines out of a locked cart: a line is the listing and the variant together, and
/// what was put in beside the units that were being paid for is still wanted.
pub(crate) async fn take_out(tx: &Tx, cart: CartId, bought: &[order_line::Model]) -> Result<()> {
    let lines = cart_line::Entity::find().filter(cart_line::Column::CartId.eq(cart));
    let lines = lines.all(tx.db()).await?;
    let units_of = |line: &cart_line::Model| {
        bought
            .iter()
            .filter(|of| (of.listing_id, of.variant_id) == (line.listing_id, line.variant_id))
            .map(|of| of.units)
            .sum::<i64>()
    };
    let mut gone = Vec::new();
    let mut left: Vec<(CartLineId, i64)> = Vec::new();
    for line in &lines {
        match units_of(line) {
            0 => {}
            units if units < line.units => left.push((line.id, line.units - units)),
            _ => gone.push(line.id),
        }
    }
    if !gone.is_empty() {
        cart_line::Entity::delete_many()
            .filter(cart_line::Column::Id.is_in(gone))
            .exec(tx.db())
            .await?;
    }
    if !left.is_empty() {
        let ids: Vec<_> = left.iter().map(|(id, _)| *id).collect();
        let units = left.into_iter().map(|(id, units)| (id, Expr::val(units)));
        cart_line::Entity::update_many()
            .col_expr(
                cart_line::Column::Units,
                by_row(cart_line::Column::Id, units),
            )
            .filter(cart_line::Column::Id.is_in(ids))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}
