use super::patience::Patience;
use super::trouble::code;
use crate::error::Unavailable;
use crate::{Error, Result};
use rand::RngExt;
use sea_orm::DbErr;
use std::future::Future;
use std::time::Duration;

/// After this many attempts the caller is told; with jitter, real contention is over long before.
const ATTEMPTS: u32 = 8;

/// Why an attempt at a transaction gave nothing.
#[derive(Debug)]
pub(super) enum Failed {
    /// Nothing of it is in the database.
    Undone(Error),
    /// The connection was lost while it was being committed: all of it may be there, or nothing.
    Unknown(Error),
}

/// What happens to a transaction of which nobody knows whether it was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The caller is told that the database is away.
    IsTold,
    /// It is run again: it finds by a key what it did before.
    IsLookedUp,
}

impl Failed {
    /// An attempt failed at its COMMIT. Only the database itself can say that it undid it all the same; one that shuts
    /// down says that it does, whatever it has kept.
    pub fn at_commit(error: DbErr) -> Failed {
        match gave_way(&error) {
            true => Failed::Undone(error.into()),
            false => Failed::Unknown(error.into()),
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Undone(error)
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Error {
        let (Failed::Undone(error) | Failed::Unknown(error)) = failed;
        error
    }
}

/// Runs `attempt` again for as long as the database gave up on it in favour of another transaction, or went away before
/// it was committed. What may have been committed all the same is run again only if it says that this does no harm.
pub(super) async fn until_settled<T, F>(unknown: Unknown, attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T, Failed>>,
{
    let (mut tries, mut patience) = (1, Patience::begin());
    loop {
        match attempt().await {
            Err(Failed::Undone(Error::Database(error))) if tries < ATTEMPTS && gave_way(&error) => {
                tracing::debug!(tries, %error, "transaction gave way, running it again");
                let ceiling = 4_u64 << tries;
                let pause = rand::rng().random_range(1..=ceiling);
                tokio::time::sleep(Duration::from_millis(pause)).await;
                tries += 1;
            }
            Err(failed) if may_come_back(&failed, unknown) && patience.waits().await => {
                tracing::debug!(
                    ?failed,
                    "the database went away, running a transaction again"
                );
            }
            settled => return Ok(settled?),
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

/// The database went away, and running the transaction again when it is back does nothing twice.
fn may_come_back(failed: &Failed, unknown: Unknown) -> bool {
    match failed {
        Failed::Undone(Error::Unavailable(Unavailable::Away(_))) => true,
        Failed::Unknown(Error::Unavailable(Unavailable::Away(_))) => unknown == Unknown::IsLookedUp,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn away() -> Error {
        Error::Unavailable(Unavailable::Away("shutting down".into()))
    }

    /// How often a transaction is run that goes wrong twice.
    async fn runs(unknown: Unknown, failed: fn() -> Failed) -> (u32, Result<()>) {
        let runs = AtomicU32::new(0);
        let settled = until_settled(unknown, || async {
            match runs.fetch_add(1, Ordering::Relaxed) {
                0 | 1 => Err(failed()),
                _ => Ok(()),
            }
        });
        let settled = settled.await;
        (runs.into_inner(), settled)
    }

    #[tokio::test]
    async fn what_was_cut_off_before_its_commit_is_run_again() {
        for unknown in [Unknown::IsTold, Unknown::IsLookedUp] {
            let (runs, settled) = runs(unknown, || Failed::Undone(away())).await;
            assert!(settled.is_ok());
            assert_eq!(runs, 3);
        }
    }

    #[tokio::test]
    async fn what_may_have_been_committed_is_run_again_only_if_it_is_looked_up() {
        let (told, settled) = runs(Unknown::IsTold, || Failed::Unknown(away())).await;
        assert!(matches!(settled, Err(Error::Unavailable(_))));
        assert_eq!(told, 1);
        let (looked_up, settled) = runs(Unknown::IsLookedUp, || Failed::Unknown(away())).await;
        assert!(settled.is_ok());
        assert_eq!(looked_up, 3);
    }

    #[tokio::test]
    async fn a_full_disk_is_not_waited_for() {
        let full = || Failed::Undone(Error::Unavailable(Unavailable::CantSave("full".into())));
        let (runs, settled) = runs(Unknown::IsLookedUp, full).await;
        assert!(settled.is_err());
        assert_eq!(runs, 1);
    }
}
