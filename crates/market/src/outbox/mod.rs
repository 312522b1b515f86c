//! Calls to the outside, each a row written in the transaction that makes them due, carried out after it.
//!
//! It is a queue and knows nothing of what its rows ask for: `errand` names who does. Rows are taken for a while
//! (`lease`). Every call has a key that makes it harmless twice. The row is done in the transaction that writes down
//! what the call's answer does.

mod errand;

use crate::db::Tx;
use crate::entity::{Errand, outbox};
use crate::lease::{self, Leased, Turn, is_free};
use crate::task::to_its_end;
use crate::{Error, Market, Result, figures};
use model::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::HashSet;
use std::time::Duration;
use tokio::task::JoinSet;

/// The pause after the first attempt that got no answer.
const FIRST_PAUSE_MS: i64 = 1_000;
/// The longest pause between two attempts.
const LONGEST_PAUSE_MS: i64 = 15 * 60_000;
/// After so many attempts that came to nothing, each one is an alarm.
const ALARMING: i64 = 12;
/// Rows looked at at a time.
const BATCH: u64 = 50;
/// How often somebody who waits for calls to end looks for new ones.
const LOOK_ROUND: Duration = Duration::from_secs(1);

/// Writes a call down, to be made by whoever comes first once this transaction is through.
pub(crate) async fn enqueue(tx: &Tx, kind: Errand, key: String, subject: i64) -> Result<()> {
    write_down(tx, kind, key, subject, 0, lease::FREE).await
}

/// Writes a call down that this process makes itself as soon as the transaction is through: taken from the start. If
/// the process dies before, others find it when its lease is over.
pub(crate) async fn enqueue_taken(tx: &Tx, kind: Errand, key: String, subject: i64) -> Result<()> {
    let until = lease::end::<outbox::Entity>(tx.now);
    write_down(tx, kind, key, subject, 1, until).await
}

async fn write_down(
    tx: &Tx,
    kind: Errand,
    key: String,
    subject: i64,
    attempts: i64,
    taken_until: Timestamp,
) -> Result<()> {
    let row = outbox::ActiveModel {
        key: Set(key),
        kind: Set(kind),
        subject_id: Set(subject),
        attempts: Set(attempts),
        due_at: Set(tx.now),
        taken_until: Set(taken_until),
        done_at: Set(None),
        last_error: Set(String::new()),
        ..Default::default()
    };
    outbox::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Nothing is left to do for this key.
pub(crate) async fn done(tx: &Tx, key: &str) -> Result<()> {
    ended(tx, key, String::new()).await
}

/// Nothing is left to do for this key, because of a problem that it ended with.
pub(crate) async fn ended(tx: &Tx, key: &str, problem: String) -> Result<()> {
    let changes = outbox::ActiveModel {
        taken_until: Set(lease::FREE),
        done_at: Set(Some(tx.now)),
        last_error: Set(problem),
        ..Default::default()
    };
    outbox::Entity::update_many()
        .set(changes)
        .filter(outbox::Column::Key.eq(key))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Has a call made again later, the later the more often it was made; `problem` says why, if there is one.
pub(crate) async fn later(tx: &Tx, key: &str, problem: String) -> Result<()> {
    let find = outbox::Entity::find().filter(outbox::Column::Key.eq(key));
    let Some(row) = find.one(tx.db()).await? else {
        return Ok(());
    };
    let pause = lease::pause(FIRST_PAUSE_MS, row.attempts - 1, LONGEST_PAUSE_MS);
    let changes = outbox::ActiveModel {
        id: Set(row.id),
        taken_until: Set(lease::FREE),
        due_at: Set(tx.now.plus_millis(pause)),
        last_error: Set(problem),
        ..Default::default()
    };
    changes.update(tx.db()).await?;
    Ok(())
}

/// What a call came to; one without a usable answer is made again later, and gives `None`.
pub(crate) async fn or_later<T>(
    market: &Market,
    key: &str,
    outcome: Result<T>,
) -> Result<Option<T>> {
    let error = match outcome {
        Ok(answer) => return Ok(Some(answer)),
        Err(error) => error,
    };
    market
        .db
        .write((key.to_owned(), error.to_string()), |tx, (key, problem)| {
            Box::pin(async move { later(tx, &key, problem).await })
        })
        .await?;
    match error {
        Error::Provider(reason) => {
            tracing::warn!(
                key,
                reason,
                "payment provider gave no answer, asking again later"
            );
            Ok(None)
        }
        other => Err(other),
    }
}

/// How long a shopper waits for another worker's answer before she is told that it takes longer.
const WORTH_WAITING: Duration = Duration::from_secs(12);
/// How often she looks.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Makes one call now, or waits for the worker that is at it: what a shopper waits for. When she does not any more, the
/// answer is heard all the same.
pub(crate) async fn run_now(market: &Market, key: &str) -> Result<()> {
    let wait = tokio::time::timeout(WORTH_WAITING, async {
        while run_unless_taken(market, key).await? == Outcome::Elsewhere {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    });
    wait.await.unwrap_or(Ok(()))
}

/// What came of wanting a call made.
#[derive(PartialEq, Eq)]
enum Outcome {
    /// It was made, or there is nothing to do.
    Made,
    /// Another worker has it.
    Elsewhere,
}

async fn run_unless_taken(market: &Market, key: &str) -> Result<Outcome> {
    let row = outbox::Entity::find()
        .filter(outbox::Column::Key.eq(key))
        .one(market.reader())
        .await?;
    match row {
        Some(row) if row.done_at.is_none() => {
            let market = market.clone();
            to_its_end(async move { run(&market, row).await }).await
        }
        _ => Ok(Outcome::Made),
    }
}

/// Makes the calls that are due, oldest first, so many at the same time, until none is due any more. One that gets no
/// answer holds nobody up: meanwhile others are made, also those that become due.
pub(crate) async fn run_due(market: &Market, at_once: usize) -> Result<()> {
    let mut calls = JoinSet::new();
    // A row is taken up again in the same round only if somebody worked on it in between.
    let mut seen: HashSet<(i64, i64)> = HashSet::new();
    loop {
        let free = at_once.saturating_sub(calls.len());
        let due = if free > 0 {
            due(market).await?
        } else {
            Vec::new()
        };
        let new = due
            .into_iter()
            .filter(|row| seen.insert((row.id, row.attempts)));
        for row in new.take(free) {
            let market = market.clone();
            calls.spawn(async move { run_by_itself(&market, row).await });
        }
        if calls.is_empty() {
            return Ok(());
        }
        // However it ended, it has said so itself; and from time to time somebody else is looked after.
        let _one_ended_or_time_is_up = tokio::time::timeout(LOOK_ROUND, calls.join_next()).await;
        while calls.try_join_next().is_some() {}
    }
}

async fn due(market: &Market) -> Result<Vec<outbox::Model>> {
    let now = market.now();
    let due = outbox::Entity::find()
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::DueAt.lte(now))
        .filter(is_free::<outbox::Entity>(now))
        .order_by_asc(outbox::Column::DueAt)
        .order_by_asc(outbox::Column::Id)
        .limit(BATCH);
    Ok(due.all(market.reader()).await?)
}

/// The calls that should have been made, for whoever watches over the market.
pub(crate) async fn overdue(market: &Market) -> Result<figures::Due> {
    let now = market.now();
    let (calls, oldest): (i64, Option<Timestamp>) = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::Id.count(), "calls")
        .column_as(outbox::Column::DueAt.min(), "oldest")
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::DueAt.lte(now))
        .into_tuple()
        .one(market.reader())
        .await?
        .unwrap_or_default();
    let waited = oldest.map_or(0, |oldest| now.0 - oldest.0);
    Ok(figures::Due {
        calls: u64::try_from(calls).unwrap_or(0),
        oldest: Duration::from_millis(u64::try_from(waited).unwrap_or(0)),
    })
}

async fn run_by_itself(market: &Market, row: outbox::Model) {
    let (key, attempts) = (row.key.clone(), row.attempts);
    if attempts >= ALARMING {
        let problem = &row.last_error;
        tracing::error!(%key, attempts, problem, "a call is still not done after many attempts");
    }
    let market = market.clone();
    // A task of its own: what breaks one call must not keep the others from being made.
    let made = to_its_end(async move { run(&market, row).await.map(drop) });
    if let Err(error) = made.await {
        tracing::error!(%key, %error, "outbox call failed");
    }
}

async fn run(market: &Market, row: outbox::Model) -> Result<Outcome> {
    let Some(row) = lease::take::<outbox::Entity>(market, row).await? else {
        return Ok(Outcome::Elsewhere);
    };
    let outcome = errand::carry_out(market, &row).await;
    or_later(market, &row.key, outcome).await?;
    Ok(Outcome::Made)
}

impl Leased for outbox::Entity {
    const ID: outbox::Column = outbox::Column::Id;
    const TAKEN_UNTIL: outbox::Column = outbox::Column::TakenUntil;
    const ATTEMPTS: Option<outbox::Column> = Some(outbox::Column::Attempts);
    const LEASE_MS: i64 = 30_000;

    fn is_open(_now: Timestamp) -> Condition {
        Condition::all().add(outbox::Column::DoneAt.is_null())
    }

    fn turn(row: &outbox::Model) -> Turn {
        Turn {
            id: row.id,
            number: row.attempts,
        }
    }

    fn taken(row: outbox::Model, taken_until: Timestamp) -> outbox::Model {
        outbox::Model {
            attempts: row.attempts + 1,
            taken_until,
            ..row
        }
    }
}
