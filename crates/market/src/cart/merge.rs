//! A guest's cart put into an account's: its lines, and everything that hangs on them.

use super::whose::{is_nobodys, locked};
use crate::Result;
use crate::db::{Locked, Tx};
use crate::entity::{cart, cart_line, order};
use model::{AccountId, CartId, OrderState, limits};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};

/// Puts a guest's cart into an account's. Orders are locked before carts, as everywhere: a payment that is settled at
/// this moment has taken out of the guest's cart what was bought, or finds where it has gone.
pub(super) async fn merge(
    tx: &Tx,
    from: CartId,
    (into, account): (CartId, AccountId),
) -> Result<()> {
    let attempts = order::Entity::find()
        .filter(order::Column::CartId.eq(from))
        .filter(order::Column::State.ne(OrderState::Paid))
        .order_by_asc(order::Column::Id);
    attempts.locked().all(tx.db()).await?;
    let mut guest = None;
    for cart in [from.min(into), from.max(into)] {
        let row = locked(tx, cart).await?;
        if cart == from {
            guest = row;
        }
    }
    if !guest.as_ref().is_some_and(is_nobodys) {
        return Ok(());
    }
    move_lines(tx, from, into).await?;
    hand_over(tx, from, account).await?;
    let merged = cart::ActiveModel {
        id: Set(from),
        merged_into: Set(Some(into)),
        merged_at: Set(Some(tx.now)),
        visitor: Set(None),
        ..Default::default()
    };
    merged.update(tx.db()).await?;
    Ok(())
}

async fn move_lines(tx: &Tx, from: CartId, into: CartId) -> Result<()> {
    let lines = |cart| cart_line::Entity::find().filter(cart_line::Column::CartId.eq(cart));
    let present = lines(into).all(tx.db()).await?;
    for line in lines(from).all(tx.db()).await? {
        let same = |at: &&cart_line::Model| {
            at.listing_id == line.listing_id && at.variant_id == line.variant_id
        };
        let moved = match present.iter().find(same) {
            Some(at) => {
                cart_line::Entity::delete_by_id(line.id)
                    .exec(tx.db())
                    .await?;
                let units = (at.units + line.units).min(limits::CART_UNITS);
                cart_line::ActiveModel {
                    id: Set(at.id),
                    units: Set(units),
                    ..Default::default()
                }
            }
            None => cart_line::ActiveModel {
                id: Set(line.id),
                cart_id: Set(into),
                ..Default::default()
            },
        };
        moved.update(tx.db()).await?;
    }
    Ok(())
}

/// Attempts to pay that are not over are the account's: what comes of them stands among its orders, and R6 holds for
/// them.
async fn hand_over(tx: &Tx, from: CartId, account: AccountId) -> Result<()> {
    let changes = order::ActiveModel {
        account_id: Set(Some(account)),
        ..Default::default()
    };
    order::Entity::update_many()
        .set(changes)
        .filter(order::Column::CartId.eq(from))
        .filter(order::Column::State.ne(OrderState::Paid))
        .filter(order::Column::AccountId.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}
