//! Which connections are used again: only those of which it is known that no transaction is open on them.
//!
//! After an error of the disk SQLite may have undone a transaction by itself. A ROLLBACK then fails, and whoever counts
//! transactions from outside counts one too many from then on: what should be a COMMIT would end a savepoint inside of a
//! transaction that never ends.

use sea_orm::DbErr;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{self, Connection, Database, PgConnection, Postgres, Sqlite, SqliteConnection};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Since when connections are trusted: those that are older are closed instead of being used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    /// Trusts none of the connections that there are now: on one of them a transaction did not end as it was told to.
    pub fn lose(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Trusts none of them after such an error. That none could be had, or made, says nothing about those there are.
    pub fn lose_after(&self, error: &DbErr) {
        if !matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            self.lose();
        }
    }

    fn covers(&self, age: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lost.is_none_or(|lost| age < lost.elapsed())
    }

    /// Closes what is not trusted before it is used again.
    fn asked_before_use<DB: Database>(&self, pool: PoolOptions<DB>) -> PoolOptions<DB> {
        let trust = self.clone();
        pool.before_acquire(move |_connection, known| {
            let trusted = trust.covers(known.age);
            Box::pin(async move { Ok(trusted) })
        })
    }

    /// For the one connection that writes to an SQLite file.
    pub fn writer(&self, pool: PoolOptions<Sqlite>) -> PoolOptions<Sqlite> {
        self.asked_before_use(pool)
            .after_release(|connection, _| Box::pin(has_nothing_open(connection)))
    }

    /// For PostgreSQL, which says with every answer whether a transaction is open.
    pub fn both(&self, pool: PoolOptions<Postgres>) -> PoolOptions<Postgres> {
        self.asked_before_use(pool)
            .after_connect(|connection, _| Box::pin(is_primary(connection)))
            .after_release(|connection, _| Box::pin(async move { Ok(counts_none(connection)) }))
    }
}

/// A primary that became a standby answers for as long as a proxy has not noticed. It takes no writes, and what it says
/// may be old.
async fn is_primary(connection: &mut PgConnection) -> sqlx::Result<()> {
    let follows: bool = sqlx::query_scalar("SELECT pg_is_in_recovery()")
        .fetch_one(connection)
        .await?;
    match follows {
        false => Ok(()),
        true => Err(sqlx::Error::Protocol("this server is a standby".into())),
    }
}

/// For the connections that only read an SQLite file: one whose transaction did not end would read an old state of it
/// for ever.
pub(super) fn reader(pool: PoolOptions<Sqlite>) -> PoolOptions<Sqlite> {
    pool.after_release(|connection, _| Box::pin(async move { Ok(counts_none(connection)) }))
}

/// SQLite itself says so: inside of a transaction a BEGIN fails. And nobody counts one that is over.
async fn has_nothing_open(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    sqlx::raw_sql("BEGIN; ROLLBACK")
        .execute(&mut *connection)
        .await?;
    Ok(counts_none(connection))
}

fn counts_none(connection: &impl Connection) -> bool {
    !connection.is_in_transaction()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_when_trust_was_lost_is_not_trusted_any_more() {
        let trust = Trust::default();
        assert!(trust.covers(Duration::from_secs(3_600)));
        trust.lose();
        assert!(!trust.covers(Duration::from_secs(3_600)));
        std::thread::sleep(Duration::from_millis(2));
        assert!(trust.covers(Duration::ZERO), "a new one");
    }
}
