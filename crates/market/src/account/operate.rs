//! What whoever runs the market does with accounts, from the command line.

use crate::db::Tx;
use crate::entity::{account, store};
use crate::{Error, Market, Result, session};
use model::{AccountId, Checker, Timestamp};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Suspends an account, named by its e-mail address or its store's slug: nobody can act in its name, its sessions end, and
/// what its store sells, on whatever shelf, is not for sale until it is reinstated. Twice is once.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub async fn suspend(market: &Market, who: &str) -> Result<()> {
    let id = find(market, who).await?;
    market
        .db
        .write(id, |tx, id| Box::pin(suspend_in(tx, id)))
        .await
}

async fn suspend_in(tx: &Tx, id: AccountId) -> Result<()> {
    let row = account::ActiveModel {
        suspended_at: Set(Some(tx.now)),
        ..known(id)
    };
    row.update(tx.db()).await?;
    close_store(tx, id, Some(tx.now)).await?;
    session::end_all_of(tx, id).await
}

/// Takes a suspension back. Everything is as it was before.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub async fn reinstate(market: &Market, who: &str) -> Result<()> {
    let id = find(market, who).await?;
    market
        .db
        .write(id, |tx, id| Box::pin(reinstate_in(tx, id)))
        .await
}

async fn reinstate_in(tx: &Tx, id: AccountId) -> Result<()> {
    let row = account::ActiveModel {
        suspended_at: Set(None),
        ..known(id)
    };
    row.update(tx.db()).await?;
    close_store(tx, id, None).await
}

/// The store is closed for as long as its owner is suspended. It is written down twice because every shelf, page and cart
/// asks for it.
async fn close_store(tx: &Tx, owner: AccountId, closed_at: Option<Timestamp>) -> Result<()> {
    let closed = store::ActiveModel {
        closed_at: Set(closed_at),
        ..Default::default()
    };
    store::Entity::update_many()
        .set(closed)
        .filter(store::Column::OwnerId.eq(owner))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Makes an account one of those that run the market.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub async fn appoint(market: &Market, who: &str) -> Result<()> {
    let id = find(market, who).await?;
    change(market, id, |row| row.operator = Set(true)).await
}

/// Makes an account an ordinary one again.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub async fn dismiss(market: &Market, who: &str) -> Result<()> {
    let id = find(market, who).await?;
    change(market, id, |row| row.operator = Set(false)).await
}

async fn change(market: &Market, id: AccountId, to: fn(&mut account::ActiveModel)) -> Result<()> {
    market
        .db
        .write((id, to), |tx, (id, to)| {
            Box::pin(async move {
                let mut row = known(id);
                to(&mut row);
                row.update(tx.db()).await?;
                Ok(())
            })
        })
        .await
}

fn known(id: AccountId) -> account::ActiveModel {
    account::ActiveModel {
        id: Set(id),
        ..Default::default()
    }
}

/// By the e-mail address when there is an `@` in it, which no slug has.
async fn find(market: &Market, who: &str) -> Result<AccountId> {
    let db = market.reader();
    let found = if who.contains('@') {
        let same = account::Column::Email.eq(Checker::new().email("who", who));
        let account = account::Entity::find().filter(same).one(db).await?;
        account.map(|row| row.id)
    } else {
        let same = store::Column::Slug.eq(who);
        let store = store::Entity::find().filter(same).one(db).await?;
        store.map(|row| row.owner_id)
    };
    found.ok_or(Error::NotFound("account"))
}
