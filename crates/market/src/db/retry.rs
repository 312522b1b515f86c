use crate::{Error, Result};
use rand::RngExt;
use sea_orm::{DbErr, RuntimeErr, SqlxError};
use std::future::Future;
use std::time::Duration;

/// After this many attempts the caller is told; with jitter, real contention is over long before.
const ATTEMPTS: u32 = 8;

/// Runs `attempt` again for as long as the database gave up on it in favour of another transaction.
pub(super) async fn until_settled<T, F>(attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let mut tries = 1;
    loop {
        match attempt().await {
            Err(Error::Database(error)) if tries < ATTEMPTS && gave_way(&error) => {
                tracing::debug!(tries, %error, "transaction gave way, running it again");
                let ceiling = 4_u64 << tries;
                let pause = rand::rng().random_range(1..=ceiling);
                tokio::time::sleep(Duration::from_millis(pause)).await;
                tries += 1;
            }
            settled => return settled,
        }
    }
}

/// The database undid this transaction for a reason that another attempt may not meet.
fn gave_way(error: &DbErr) -> bool {
    match code(error).as_deref() {
        // PostgreSQL: serialization_failure, deadlock_detected. SQLite: BUSY, BUSY_SNAPSHOT.
        Some("40001" | "40P01" | "5" | "517") => true,
        // The same ledger key or cart line written by another transaction in between: the next attempt reads it.
        Some("23505" | "2067" | "1555") => true,
        _ => false,
    }
}

pub(super) fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    match inner.as_ref() {
        SqlxError::Database(database) => database.code().map(|code| code.into_owned()),
        _ => None,
    }
}
