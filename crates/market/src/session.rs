//! Browser sessions, for the server's session layer. What is in one is the server's business; here it is text
//! with an end. An id is a hash of what the browser holds.

use crate::db::Tx;
use crate::entity::session;
use crate::{Error, Market, Result};
use model::{AccountId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// The longest a session may be, in characters: a few numbers, in JSON. Whatever is longer does not belong into it.
pub const LONGEST: usize = 4_096;

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Whose it is, once somebody logged in.
    pub account: Option<AccountId>,
    /// JSON.
    pub data: String,
    /// From this moment on it does not count any more.
    pub expires_at: Timestamp,
}

/// Log-ins of one account that last at the same time; a new one ends those that were used longest ago.
const OF_ONE_ACCOUNT: u64 = 50;

/// Keeps a new session.
///
/// # Errors
/// [`crate::Error::Database`], also when there is a session of this id; [`crate::Error::Broken`] when it is longer
/// than [`LONGEST`].
pub async fn create(market: &Market, id: &str, new: StoredSession) -> Result<()> {
    bounded(&new)?;
    market
        .db
        .write((id.to_owned(), new), |tx, (id, new)| {
            Box::pin(create_in(tx, id, new))
        })
        .await
}

async fn create_in(tx: &Tx, id: String, new: StoredSession) -> Result<()> {
    let account = new.account;
    session::Entity::insert(row(id, new))
        .exec_without_returning(tx.db())
        .await?;
    match account {
        Some(account) => end_oldest(tx, account).await,
        None => Ok(()),
    }
}

async fn end_oldest(tx: &Tx, account: AccountId) -> Result<()> {
    let oldest: Vec<String> = session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .order_by_desc(session::Column::ExpiresAt)
        .offset(OF_ONE_ACCOUNT)
        .limit(OF_ONE_ACCOUNT)
        .select_only()
        .column(session::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    session::Entity::delete_many()
        .filter(session::Column::Id.is_in(oldest))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Changes a session. One that ended meanwhile stays ended.
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Broken`] when it is longer than [`LONGEST`]. It then stays as it was.
pub async fn save(market: &Market, id: &str, changed: StoredSession) -> Result<()> {
    bounded(&changed)?;
    market
        .db
        .write((id.to_owned(), changed), |tx, (id, changed)| {
            Box::pin(save_in(tx, id, changed))
        })
        .await
}

async fn save_in(tx: &Tx, id: String, changed: StoredSession) -> Result<()> {
    let same = session::Column::Id.eq(id.as_str());
    session::Entity::update_many()
        .set(row(id, changed))
        .filter(same)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The session of this id, if it has not ended. One that is longer than [`LONGEST`] has: it is not even read.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn load(market: &Market, id: &str) -> Result<Option<StoredSession>> {
    let most = i64::try_from(LONGEST).unwrap_or(i64::MAX);
    let row = session::Entity::find_by_id(id)
        .filter(session::Column::ExpiresAt.gt(market.now()))
        .filter(Expr::expr(Func::char_length(Expr::col(session::Column::Data))).lte(most))
        .one(market.reader())
        .await?;
    Ok(row.map(|row| StoredSession {
        account: row.account_id,
        data: row.data,
        expires_at: row.expires_at,
    }))
}

/// Ends a session.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn delete(market: &Market, id: &str) -> Result<()> {
    market
        .db
        .write(id.to_owned(), |tx, id| {
            Box::pin(async move {
                session::Entity::delete_by_id(id).exec(tx.db()).await?;
                Ok(())
            })
        })
        .await
}

/// Ends every session of an account, on whatever device.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn delete_all_of(market: &Market, account: AccountId) -> Result<()> {
    market
        .db
        .write(account, |tx, account| Box::pin(end_all_of(tx, account)))
        .await
}

/// The same within a transaction.
pub(crate) async fn end_all_of(tx: &Tx, account: AccountId) -> Result<()> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// On how many devices an account is logged in.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn count_of(market: &Market, account: AccountId) -> Result<u64> {
    let of_account = session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::ExpiresAt.gt(market.now()));
    Ok(of_account.count(market.reader()).await?)
}

/// Removes sessions that have ended; gives their number.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sweep(market: &Market) -> Result<u64> {
    market.db.write((), |tx, ()| Box::pin(sweep_in(tx))).await
}

async fn sweep_in(tx: &Tx) -> Result<u64> {
    let swept = session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(tx.now))
        .exec(tx.db())
        .await?;
    Ok(swept.rows_affected)
}

fn bounded(session: &StoredSession) -> Result<()> {
    let length = session.data.chars().count();
    if length > LONGEST {
        return Err(Error::Broken(format!("a session of {length} characters")));
    }
    Ok(())
}

fn row(id: String, session: StoredSession) -> session::ActiveModel {
    session::ActiveModel {
        id: Set(id),
        account_id: Set(session.account),
        data: Set(session.data),
        expires_at: Set(session.expires_at),
    }
}
