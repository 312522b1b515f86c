//! Sent twice is done once (L4): a page gives each of its forms a key, and the same form sent again under it, by a
//! second press or by a browser that got no answer, makes nothing new and gives the first answer.
//!
//! What the key stands for is written in the transaction that makes the thing. Where a thing has a key of its own
//! (a checkout, a cancellation) that one is used.

use crate::db::Tx;
use crate::entity::sending;
use crate::{Error, Market, Result};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use std::fmt::{Debug, Display};
use std::future::Future;

/// How long a page's key is remembered: nobody presses a button twice a day apart.
const KEPT_MS: i64 = 24 * 60 * 60_000;

/// The lengths a key may have.
const KEY: std::ops::RangeInclusive<usize> = 8..=64;

/// One sending of a form, by the key its page gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending(Option<String>);

impl Sending {
    /// The sending under this key. A text that is no page's key tells no sending from another.
    #[must_use]
    pub fn under(key: &str) -> Sending {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let is_key = KEY.contains(&key.len()) && key.chars().all(plain);
        Sending(is_key.then(|| key.to_owned()))
    }

    /// What is done whenever it is asked for.
    #[must_use]
    pub fn each_time() -> Sending {
        Sending(None)
    }

    /// One of several things that come with the same form.
    #[must_use]
    pub fn part(&self, number: usize) -> Sending {
        Sending(self.0.as_ref().map(|key| format!("{key}-{number}")))
    }

    /// Does `work` in this transaction, or gives what it gave when `who` sent the same before. `what` names the kind
    /// of form, and `content` is all that was sent.
    ///
    /// # Errors
    /// [`Error::KeyReused`] when something else was sent under the key.
    pub(crate) async fn once(
        self,
        tx: &Tx,
        (what, who): (&str, impl Display),
        content: &impl Debug,
        work: impl Future<Output = Result<i64>>,
    ) -> Result<i64> {
        let Some(key) = self.0 else {
            return work.await;
        };
        let key = format!("{what}:{who}:{key}");
        let fingerprint = fingerprint(content);
        let before = sending::Entity::find_by_id(key.as_str())
            .one(tx.db())
            .await?;
        if let Some(before) = before {
            return if before.fingerprint == fingerprint {
                Ok(before.answer)
            } else {
                Err(Error::KeyReused(key))
            };
        }
        let answer = work.await?;
        let row = sending::ActiveModel {
            key: Set(key),
            fingerprint: Set(fingerprint),
            answer: Set(answer),
            sent_at: Set(tx.now),
        };
        // When the same was sent at the same moment, the database refuses the later row, and the whole transaction
        // begins anew and finds the other's answer.
        sending::Entity::insert(row)
            .exec_without_returning(tx.db())
            .await?;
        Ok(answer)
    }
}

/// Forgets keys that are a day old; gives their number.
///
/// # Errors
/// [`Error::Database`].
pub async fn sweep(market: &Market) -> Result<u64> {
    market.db.write((), |tx, ()| Box::pin(sweep_in(tx))).await
}

async fn sweep_in(tx: &Tx) -> Result<u64> {
    let old = sending::Column::SentAt.lte(tx.now.plus_millis(-KEPT_MS));
    let swept = sending::Entity::delete_many()
        .filter(old)
        .exec(tx.db())
        .await?;
    Ok(swept.rows_affected)
}

fn fingerprint(content: &impl Debug) -> String {
    hex::encode(Sha256::digest(format!("{content:?}")))
}
