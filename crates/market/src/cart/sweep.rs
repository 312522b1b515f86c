use crate::db::{Locked, Tx, has_some, is_word};
use crate::entity::{cart, cart_line, order};
use crate::{Market, Result};
use model::{CartId, OrderState, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// Hours after which a guest's empty cart goes.
const EMPTY_HOURS: i64 = 24;
/// Carts thrown away in one transaction.
const BATCH: u64 = 1_000;

/// Throws guests' carts away: empty ones after a day, others when nothing was put into them for as long as the settings
/// say. One that is being paid for is left. Gives how many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sweep(market: &Market) -> Result<u64> {
    let mut swept = 0;
    loop {
        let some = market
            .db
            .write((), |tx, ()| Box::pin(throw_away(tx)))
            .await?;
        swept += some;
        if some < BATCH {
            return Ok(swept);
        }
    }
}

async fn throw_away(tx: &Tx) -> Result<u64> {
    let old: Vec<CartId> = cart::Entity::find()
        .filter(cart::Column::AccountId.is_null())
        .filter(left_alone(tx))
        .filter(has_some(payments()).not())
        .order_by_asc(cart::Column::Id)
        .limit(BATCH)
        .locked()
        .all(tx.db())
        .await?
        .into_iter()
        .map(|cart| cart.id)
        .collect();
    cart_line::Entity::delete_many()
        .filter(cart_line::Column::CartId.is_in(old.iter().copied()))
        .exec(tx.db())
        .await?;
    // Orders only remember a cart's number.
    let gone = cart::Entity::delete_many()
        .filter(cart::Column::Id.is_in(old))
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected)
}

fn left_alone(tx: &Tx) -> Condition {
    let without_lines_since = |created, since| {
        Condition::all()
            .add(cart::Column::CreatedAt.lt(created))
            .add(has_some(lines_since(since)).not())
    };
    let yesterday = tx.now.plus_minutes(-60 * EMPTY_HOURS);
    let long_ago = tx.now.plus_days(-tx.settings.guest_cart_days);
    Condition::any()
        .add(without_lines_since(yesterday, Timestamp(0)))
        .add(without_lines_since(long_ago, long_ago))
}

fn lines_since(since: Timestamp) -> Select<cart_line::Entity> {
    let of_cart = cart_line::Column::CartId
        .into_expr()
        .eq(cart::Column::Id.into_expr());
    cart_line::Entity::find()
        .select_only()
        .column(cart_line::Column::Id)
        .filter(of_cart)
        .filter(cart_line::Column::AddedAt.gte(since))
}

/// Attempts to pay for the cart that are under way.
fn payments() -> Select<order::Entity> {
    let for_cart = order::Column::CartId
        .into_expr()
        .eq(cart::Column::Id.into_expr());
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(for_cart)
        .filter(is_word(order::Column::State, OrderState::Held.as_str()))
}
