//! Taking a row for a while, so that several processes share the work, and one that dies leaves its row to the next.
//!
//! Whoever takes a row writes down until when it is hers. From then on she changes it only while it is still in that
//! turn: somebody may have found her too slow and taken it, or thrown it away. Work that takes long keeps its row from
//! step to step. A row is let go by whatever writes down what became of it, which sets `taken_until` to [`FREE`].

use crate::db::{Locked, Tx};
use crate::{Market, Result};
use model::Timestamp;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

/// `taken_until` of a row that nobody has.
pub(crate) const FREE: Timestamp = Timestamp(0);

/// A table whose rows are taken for a while.
pub(crate) trait Leased: EntityTrait<Model: Sync + 'static> {
    /// Which row it is.
    const ID: Self::Column;
    /// Until when somebody has it.
    const TAKEN_UNTIL: Self::Column;
    /// How often it was taken. Where nobody counts that, turns are told apart by the moment at which they end.
    const ATTEMPTS: Option<Self::Column> = None;
    /// How long a worker has for one step before another may take the row, in milliseconds.
    const LEASE_MS: i64;

    /// There is something to do at this moment. A row that is done with is nobody's.
    fn is_open(now: Timestamp) -> Condition;

    /// The row in the turn in which it was read or taken.
    fn turn(row: &Self::Model) -> Turn;

    /// The row as it is once it is taken: in its next turn.
    fn taken(row: Self::Model, until: Timestamp) -> Self::Model;
}

/// A row of a table in one of its turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub id: i64,
    /// What [`Leased::ATTEMPTS`] says, or [`Leased::TAKEN_UNTIL`].
    pub number: i64,
}

/// Rows that nobody has at this moment.
pub(crate) fn is_free<E: Leased>(now: Timestamp) -> SimpleExpr {
    E::TAKEN_UNTIL.lte(now)
}

/// When a turn that begins or is kept now ends.
pub(crate) fn end<E: Leased>(now: Timestamp) -> Timestamp {
    now.plus_millis(E::LEASE_MS)
}

/// Takes a row, and gives it as it is then; `None` when another worker has it, or there is nothing to do any more.
pub(crate) async fn take<E: Leased>(market: &Market, row: E::Model) -> Result<Option<E::Model>> {
    let taken = market
        .db
        .write(row, |tx, row| Box::pin(take_in::<E>(tx, row)));
    taken.await
}

async fn take_in<E: Leased>(tx: &Tx, row: E::Model) -> Result<Option<E::Model>> {
    let until = end::<E>(tx.now);
    let found = E::turn(&row);
    let taken = E::taken(row, until);
    let mut update = E::update_many()
        .col_expr(E::TAKEN_UNTIL, Expr::value(until))
        .filter(is_in::<E>(found, tx.now))
        .filter(is_free::<E>(tx.now));
    if let Some(attempts) = E::ATTEMPTS {
        update = update.col_expr(attempts, Expr::value(E::turn(&taken).number));
    }
    let updated = update.exec(tx.db()).await?;
    Ok((updated.rows_affected == 1).then_some(taken))
}

/// Changes a row and keeps it for another while; false when it is not this worker's any more.
pub(crate) async fn keep<E: Leased>(tx: &Tx, turn: Turn, changes: E::ActiveModel) -> Result<bool> {
    change::<E>(tx, turn, end::<E>(tx.now), changes).await
}

/// Changes a row and has it left alone for so many milliseconds, by everybody; false when it is not this worker's any
/// more.
pub(crate) async fn back_off<E: Leased>(
    tx: &Tx,
    turn: Turn,
    pause_ms: i64,
    changes: E::ActiveModel,
) -> Result<bool> {
    change::<E>(tx, turn, tx.now.plus_millis(pause_ms), changes).await
}

async fn change<E: Leased>(
    tx: &Tx,
    turn: Turn,
    until: Timestamp,
    changes: E::ActiveModel,
) -> Result<bool> {
    let changed = E::update_many()
        .set(changes)
        .col_expr(E::TAKEN_UNTIL, Expr::value(until))
        .filter(is_in::<E>(turn, tx.now))
        .exec(tx.db())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The row, locked, if it is still this worker's.
pub(crate) async fn locked<E: Leased>(tx: &Tx, turn: Turn) -> Result<Option<E::Model>> {
    let find = E::find().filter(is_in::<E>(turn, tx.now));
    Ok(find.locked().one(tx.db()).await?)
}

/// The row, while it is in that turn and there is something to do.
fn is_in<E: Leased>(turn: Turn, now: Timestamp) -> Condition {
    Condition::all()
        .add(E::ID.eq(turn.id))
        .add(E::ATTEMPTS.unwrap_or(E::TAKEN_UNTIL).eq(turn.number))
        .add(E::is_open(now))
}

/// How long to wait after something has gone wrong so many `times`: `first`, twice as long each time, at most
/// `longest`, in the same unit.
pub(crate) fn pause(first: i64, times: i64, longest: i64) -> i64 {
    first.saturating_mul(1 << times.clamp(0, 20)).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Errand, outbox};
    use crate::testing::empty_market;

    async fn waiting(market: &Market) -> outbox::Model {
        let written = market.db.write((), |tx, ()| {
            let key = "refund:late:order:1".to_owned();
            Box::pin(crate::outbox::enqueue(tx, Errand::Refund, key, 1))
        });
        written.await.unwrap();
        let find = outbox::Entity::find().one(market.reader());
        find.await.unwrap().unwrap()
    }

    async fn take(market: &Market, row: &outbox::Model) -> Option<outbox::Model> {
        let taken = super::take::<outbox::Entity>(market, row.clone());
        taken.await.unwrap()
    }

    /// Keeps a row, and lets others have it at once when it is `put_off`.
    async fn keep(market: &Market, row: &outbox::Model, put_off: bool) -> bool {
        let ours = (outbox::Entity::turn(row), put_off);
        let kept = market.db.write(ours, |tx, (turn, put_off)| {
            Box::pin(async move {
                let nothing_else = outbox::ActiveModel {
                    ..Default::default()
                };
                match put_off {
                    true => back_off::<outbox::Entity>(tx, turn, 0, nothing_else).await,
                    false => super::keep::<outbox::Entity>(tx, turn, nothing_else).await,
                }
            })
        });
        kept.await.unwrap()
    }

    #[tokio::test]
    async fn a_row_is_taken_by_one_and_is_hers_until_another_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let market = empty_market(&folder).await;
        let found = waiting(&market).await;

        let first = take(&market, &found).await.unwrap();
        assert!(take(&market, &found).await.is_none(), "found before");
        assert!(take(&market, &first).await.is_none(), "not over yet");
        assert!(keep(&market, &first, false).await);
        assert!(!keep(&market, &found, false).await, "never taken");

        assert!(keep(&market, &first, true).await);
        let second = take(&market, &first).await.unwrap();
        assert_eq!((first.attempts, second.attempts), (1, 2));
        assert!(!keep(&market, &first, false).await, "another has it");
        assert!(keep(&market, &second, false).await);
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<i64> = (-1..6).map(|times| pause(3, times, 40)).collect();
        assert_eq!(pauses, [3, 3, 6, 12, 24, 40, 40]);
        assert_eq!(pause(60_000, i64::MAX, i64::MAX), 60_000 << 20);
    }
}
