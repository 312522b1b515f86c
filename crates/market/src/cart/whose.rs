//! Whose cart it is: the session's, the account's, or a visitor's first.

use super::merge::merge;
use crate::db::{Locked, Tx};
use crate::entity::cart;
use crate::{Market, Result};
use model::{AccountId, CartId, Timestamp};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

/// Whose cart is meant, by everything that is known of who asks: the first of these that leads to a cart counts.
#[derive(Clone, Debug, Default)]
pub struct Whose {
    /// The cart that the visitor's session names.
    pub cart: Option<CartId>,
    /// Who is signed in: an account has one cart.
    pub account: Option<AccountId>,
    /// What a visitor's browser is known by before it has a session: several requests at once make one cart.
    pub visitor: Option<Visitor>,
}

/// A visitor's browser, known by a secret of its own. The secret itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor(String);

impl Visitor {
    /// The visitor whose browser sends this secret.
    #[must_use]
    pub fn known_by(secret: &str) -> Visitor {
        Visitor(hex::encode(Sha256::digest(secret)))
    }
}

/// A new, empty cart: a signed-in shopper's one cart if she has it already.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn new(market: &Market, account: Option<AccountId>) -> Result<CartId> {
    market
        .db
        .write(account, |tx, account| Box::pin(found_or_new(tx, account)))
        .await
}

async fn found_or_new(tx: &Tx, account: Option<AccountId>) -> Result<CartId> {
    if let Some(account) = account
        && let Some(mine) = find(tx.db(), account).await?
    {
        return Ok(mine);
    }
    insert(tx, account, None).await
}

/// A signed-in shopper's cart, on whichever device she put something into it.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn mine(market: &Market, account: AccountId) -> Result<Option<CartId>> {
    find(market.reader(), account).await
}

/// The cart to go on with after logging in: the account's, with what the guest's cart holds put into it. What hangs on
/// the guest's cart goes along: an attempt to pay for it is the account's from then on.
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
            Box::pin(of_account_in(tx, account, guest))
        })
        .await
}

async fn of_account_in(
    tx: &Tx,
    account: AccountId,
    guest: Option<CartId>,
) -> Result<Option<CartId>> {
    let mine = find(tx.db(), account).await?;
    let Some(guest) = nobodys(tx, guest).await? else {
        return Ok(mine);
    };
    let mine = match mine {
        Some(mine) => mine,
        None => insert(tx, Some(account), None).await?,
    };
    merge(tx, guest, (mine, account)).await?;
    Ok(Some(mine))
}

/// The cart, if it is a guest's: one account's cart is never put into another's.
async fn nobodys(tx: &Tx, cart: Option<CartId>) -> Result<Option<CartId>> {
    let Some(id) = cart else { return Ok(None) };
    let row = cart::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.filter(is_nobodys).map(|row| row.id))
}

pub(super) fn is_nobodys(row: &cart::Model) -> bool {
    row.account_id.is_none() && row.merged_into.is_none()
}

/// The cart to put something into, locked; `None` when it is still to be made.
pub(super) async fn to_fill(tx: &Tx, whose: &Whose) -> Result<Option<CartId>> {
    // A cart that nobody came back to for long was thrown away, and is made anew.
    let named = match whose.cart {
        Some(cart) => locked(tx, cart).await?,
        None => None,
    };
    if let Some(row) = named {
        // Its lines may have moved into an account's cart since this request began: there they are looked for.
        return match row.merged_into {
            None => Ok(Some(row.id)),
            Some(into) => Ok(locked(tx, into).await?.map(|row| row.id)),
        };
    }
    let found = match (whose.account, &whose.visitor) {
        (Some(account), _) => find(tx.db(), account).await?,
        (None, Some(visitor)) => first_of(tx, visitor).await?,
        (None, None) => None,
    };
    match found {
        Some(found) => Ok(locked(tx, found).await?.map(|row| row.id)),
        None => Ok(None),
    }
}

/// The cart for a first thing: the account's or the visitor's, who has one at most.
pub(super) async fn first(tx: &Tx, whose: Whose) -> Result<CartId> {
    let visitor = whose.visitor.filter(|_| whose.account.is_none());
    insert(tx, whose.account, visitor).await
}

async fn first_of(tx: &Tx, visitor: &Visitor) -> Result<Option<CartId>> {
    let row = cart::Entity::find()
        .filter(cart::Column::Visitor.eq(visitor.0.as_str()))
        .one(tx.db())
        .await?;
    Ok(row.filter(is_nobodys).map(|row| row.id))
}

/// An account's cart.
async fn find(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<CartId>> {
    let row = cart::Entity::find()
        .filter(cart::Column::AccountId.eq(account))
        .one(db)
        .await?;
    Ok(row.map(|row| row.id))
}

async fn insert(tx: &Tx, account: Option<AccountId>, visitor: Option<Visitor>) -> Result<CartId> {
    let row = cart::ActiveModel {
        account_id: Set(account),
        created_at: Set(tx.now),
        merged_into: Set(None),
        merged_at: Set(None),
        visitor: Set(visitor.map(|visitor| visitor.0)),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}

/// A cart, whose lines nobody else changes until the transaction ends.
pub(super) async fn locked(tx: &Tx, cart: CartId) -> Result<Option<cart::Model>> {
    Ok(cart::Entity::find_by_id(cart).locked().one(tx.db()).await?)
}

/// A cart and all that were put into it, locked by rising id: an attempt to pay for any of them is one for its lines.
pub(crate) async fn with_merged(tx: &Tx, cart: CartId) -> Result<Vec<CartId>> {
    let these = Condition::any()
        .add(cart::Column::Id.eq(cart))
        .add(cart::Column::MergedInto.eq(cart));
    let rows = cart::Entity::find()
        .filter(these)
        .order_by_asc(cart::Column::Id)
        .locked()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Where the lines of a cart are now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    /// The cart they were put into first.
    pub first: CartId,
    /// The cart they moved into, and when.
    pub moved: Option<(CartId, Timestamp)>,
}

impl Lines {
    /// The cart that holds them.
    pub fn cart(&self) -> CartId {
        self.moved.map_or(self.first, |(into, _)| into)
    }
}

/// Finds the lines of a cart and locks the cart they are in. To be called with no product locked: a checkout locks its
/// cart first.
pub(crate) async fn lines_of(tx: &Tx, cart: CartId) -> Result<Lines> {
    let row = locked(tx, cart).await?;
    let moved = row.and_then(|row| row.merged_into.zip(row.merged_at));
    if let Some((into, _)) = moved {
        locked(tx, into).await?;
    }
    Ok(Lines { first: cart, moved })
}
