//! Calls to the outside, each a row written in the transaction that makes them due, carried out after it.
//!
//! A worker takes a row for a while by a conditional update, so that several server processes can share the
//! work; one that dies leaves the row to the next. Every call has a key that makes it harmless twice. The row is
//! done in the transaction that writes down what the call's answer does.

mod errands;

use crate::db::Tx;
use crate::entity::{Errand, outbox, payment};
use crate::task::to_its_end;
use crate::{Error, Market, Result, checkout::settle};
use model::{OrderState, Timestamp};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashSet;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long a worker has for one call before another may try.
const LEASE_MS: i64 = 30_000;
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
    write_down(tx, kind, key, subject, 0, Timestamp(0)).await
}

/// Writes a call down that this process makes itself as soon as the transaction is through: taken from the start. If
/// the process dies before, others find it when its lease is over.
pub(crate) async fn enqueue_taken(tx: &Tx, kind: Errand, key: String, subject: i64) -> Result<()> {
    write_down(tx, kind, key, subject, 1, tx.now.plus_millis(LEASE_MS)).await
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
        taken_until: Set(Timestamp(0)),
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
    let doublings = u32::try_from((row.attempts - 1).clamp(0, 20)).unwrap_or(0);
    let pause = (1_000_i64 << doublings).min(LONGEST_PAUSE_MS);
    let changes = outbox::ActiveModel {
        id: Set(row.id),
        taken_until: Set(Timestamp(0)),
        due_at: Set(tx.now.plus_millis(pause)),
        last_error: Set(problem),
        ..Default::default()
    };
    changes.update(tx.db()).await?;
    Ok(())
}

/// Asks for the money of a hold that was just made, whose call [`enqueue_taken`] wrote down. `None` when there is no
/// answer yet: a job goes on asking.
pub(crate) async fn charge_held(
    market: &Market,
    asked: &payment::Model,
) -> Result<Option<payment::Model>> {
    let key = settle::charge_key(asked.order_id);
    let answer = errands::ask_for(market, asked, OrderState::Held).await;
    or_later(market, &key, answer).await
}

/// What a call came to; one without a usable answer is made again later.
async fn or_later<T>(market: &Market, key: &str, outcome: Result<T>) -> Result<Option<T>> {
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
        while run_unless_taken(market, key).await? == Turn::Taken {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    });
    wait.await.unwrap_or(Ok(()))
}

/// Whether a row could be worked on.
#[derive(PartialEq, Eq)]
enum Turn {
    /// It was, or there is nothing to do.
    Ours,
    /// Another worker has it.
    Taken,
}

async fn run_unless_taken(market: &Market, key: &str) -> Result<Turn> {
    let row = outbox::Entity::find()
        .filter(outbox::Column::Key.eq(key))
        .one(market.reader())
        .await?;
    match row {
        Some(row) if row.done_at.is_none() => {
            let market = market.clone();
            to_its_end(async move { run(&market, row).await }).await
        }
        _ => Ok(Turn::Ours),
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
        .filter(outbox::Column::TakenUntil.lte(now))
        .order_by_asc(outbox::Column::DueAt)
        .order_by_asc(outbox::Column::Id)
        .limit(BATCH);
    Ok(due.all(market.reader()).await?)
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

async fn run(market: &Market, row: outbox::Model) -> Result<Turn> {
    if !take(market, &row).await? {
        return Ok(Turn::Taken);
    }
    let outcome = match row.kind {
        Errand::Charge => errands::charge(market, &row).await,
        Errand::Refund => errands::refund(market, &row).await,
    };
    or_later(market, &row.key, outcome).await?;
    Ok(Turn::Ours)
}

/// Takes a row for a while; false when another worker has it.
async fn take(market: &Market, row: &outbox::Model) -> Result<bool> {
    let until = market.now().plus_millis(LEASE_MS);
    market
        .db
        .write(
            (row.id, row.attempts, until),
            |tx, (id, attempts, until)| {
                Box::pin(async move {
                    let changes = outbox::ActiveModel {
                        taken_until: Set(until),
                        attempts: Set(attempts + 1),
                        ..Default::default()
                    };
                    let taken = outbox::Entity::update_many()
                        .set(changes)
                        .filter(outbox::Column::Id.eq(id))
                        .filter(outbox::Column::DoneAt.is_null())
                        .filter(outbox::Column::Attempts.eq(attempts))
                        .filter(outbox::Column::TakenUntil.lte(tx.now))
                        .exec(tx.db())
                        .await?;
                    Ok(taken.rows_affected == 1)
                })
            },
        )
        .await
}
