use crate::db::Tx;
use crate::entity::{cart, cart_line};
use crate::{Market, Result};
use model::{AccountId, CartId, limits};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A new, empty cart: a signed-in shopper's one cart if she has it already.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn new(market: &Market, account: Option<AccountId>) -> Result<CartId> {
    market
        .db
        .write(account, |tx, account| {
            Box::pin(async move {
                if let Some(account) = account
                    && let Some(mine) = find(tx, account).await?
                {
                    return Ok(mine);
                }
                insert(tx, account).await
            })
        })
        .await
}

/// The cart to go on with after logging in: the account's, with what the guest's cart holds put into it.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn of_account(
    market: &Market,
    account: AccountId,
    guest: Option<CartId>,
) -> Result<Option<CartId>> {
    market
        .db
        .write((account, guest), |tx, (account, guest)| {
            Box::pin(async move {
                let mine = find(tx, account).await?;
                let Some(guest) = nobodys(tx, guest).await? else {
                    return Ok(mine);
                };
                let mine = match mine {
                    Some(mine) => mine,
                    None => insert(tx, Some(account)).await?,
                };
                merge(tx, guest, mine).await?;
                Ok(Some(mine))
            })
        })
        .await
}

/// The cart, if it is a guest's: one account's cart is never put into another's.
async fn nobodys(tx: &Tx, cart: Option<CartId>) -> Result<Option<CartId>> {
    let Some(id) = cart else { return Ok(None) };
    let row = cart::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.filter(|row| row.account_id.is_none()).map(|row| row.id))
}

/// The cart that a session speaks of, if it was not swept meanwhile.
pub(super) async fn still_there(tx: &Tx, cart: Option<CartId>) -> Result<Option<CartId>> {
    let Some(id) = cart else { return Ok(None) };
    let row = cart::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.map(|row| row.id))
}

/// An account's cart.
pub(super) async fn find(tx: &Tx, account: AccountId) -> Result<Option<CartId>> {
    let row = cart::Entity::find()
        .filter(cart::Column::AccountId.eq(account))
        .one(tx.db())
        .await?;
    Ok(row.map(|row| row.id))
}

pub(super) async fn insert(tx: &Tx, account: Option<AccountId>) -> Result<CartId> {
    let row = cart::ActiveModel {
        account_id: Set(account),
        created_at: Set(tx.now),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}

async fn merge(tx: &Tx, from: CartId, into: CartId) -> Result<()> {
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
