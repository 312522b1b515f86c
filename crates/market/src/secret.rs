//! What only this market knows. It is made when it is first needed, and all processes on one database share it.

use crate::code::random_code;
use crate::db::Tx;
use crate::entity::secret;
use crate::{Error, Market, Result};
use hmac::{Hmac, KeyInit, Mac};
use model::Timestamp;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// About 200 random bits.
const LENGTH: usize = 40;

/// Secrets that this process has read.
pub(crate) type Known = Mutex<HashMap<String, String>>;

/// The keyed hash of `text` under the secret of this name, as 64 hexadecimal digits. `ends_at` is when a new secret may be
/// swept.
pub(crate) async fn keyed_hash(
    market: &Market,
    name: &str,
    ends_at: Option<Timestamp>,
    text: &str,
) -> Result<String> {
    let secret = value(market, name, ends_at).await?;
    let mut hash = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|error| Error::Broken(format!("a secret: {error}")))?;
    hash.update(text.as_bytes());
    Ok(hex::encode(hash.finalize().into_bytes()))
}

async fn value(market: &Market, name: &str, ends_at: Option<Timestamp>) -> Result<String> {
    let known = || {
        market
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some(value) = known().get(name) {
        return Ok(value.clone());
    }
    let value = market
        .db
        .write((name.to_owned(), ends_at), |tx, (name, ends_at)| {
            Box::pin(found_or_made(tx, name, ends_at))
        })
        .await?;
    known().insert(name.to_owned(), value.clone());
    Ok(value)
}

async fn found_or_made(tx: &Tx, name: String, ends_at: Option<Timestamp>) -> Result<String> {
    let there = secret::Entity::find_by_id(name.as_str())
        .one(tx.db())
        .await?;
    if let Some(row) = there {
        return Ok(row.value);
    }
    let row = secret::ActiveModel {
        name: Set(name),
        value: Set(random_code(LENGTH)),
        ends_at: Set(ends_at),
    };
    Ok(row.insert(tx.db()).await?.value)
}

/// Forgets secrets whose time is over.
///
/// # Errors
/// [`Error::Database`].
pub async fn sweep(market: &Market) -> Result<()> {
    market.db.write((), |tx, ()| Box::pin(forget_old(tx))).await
}

async fn forget_old(tx: &Tx) -> Result<()> {
    secret::Entity::delete_many()
        .filter(secret::Column::EndsAt.lte(tx.now))
        .exec(tx.db())
        .await?;
    Ok(())
}
