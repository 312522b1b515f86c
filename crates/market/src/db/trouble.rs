use crate::error::{Error, Unavailable};
use crate::migration::MOVED_AWAY;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlxError};
use std::io::{self, ErrorKind};

/// Every error of the database comes through here: what says nothing about the question, but only that the database
/// can't be used now, is told apart from the rest.
impl From<DbErr> for Error {
    fn from(error: DbErr) -> Error {
        match unavailable(&error) {
            Some(why) => Error::Unavailable(why),
            None => Error::Database(error),
        }
    }
}

/// A disk without room for a picture has none for anything else either.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
                Error::Unavailable(Unavailable::CantSave(error.to_string()))
            }
            _ => Error::Files(error),
        }
    }
}

/// The database can't be talked to, and may be back in a moment. One that we closed ourselves never is.
pub(super) fn is_away(error: &DbErr) -> bool {
    let closed = DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed);
    *error != closed && matches!(unavailable(error), Some(Unavailable::Away(_)))
}

fn unavailable(error: &DbErr) -> Option<Unavailable> {
    let reason = || error.to_string();
    if matches!(error, DbErr::ConnectionAcquire(_)) {
        return Some(Unavailable::Away(reason()));
    }
    match sqlx(error)? {
        SqlxError::Database(database) => match database.code()?.as_ref() {
            // CONSTRAINT_TRIGGER
            "1811" if database.message() == MOVED_AWAY => Some(Unavailable::MovedAway),
            code if has_no_room(code) => Some(Unavailable::CantSave(reason())),
            code if is_away_by(code) => Some(Unavailable::Away(reason())),
            _ => None,
        },
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed => Some(Unavailable::Away(reason())),
        _ => None,
    }
}

/// What the engine calls an error that it answered with: PostgreSQL five letters, SQLite a number.
pub(super) fn code(error: &DbErr) -> Option<String> {
    match sqlx(error)? {
        SqlxError::Database(database) => database.code().map(|code| code.into_owned()),
        _ => None,
    }
}

fn sqlx(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner))
        | DbErr::Conn(RuntimeErr::SqlxError(inner)) => Some(inner.as_ref()),
        _ => None,
    }
}

/// The disk is full, broken, taken away, or may only be read.
fn has_no_room(code: &str) -> bool {
    // PostgreSQL: read_only_sql_transaction, disk_full, io_error.
    if matches!(code, "25006" | "53100" | "58030") {
        return true;
    }
    // SQLite adds to the kind of error which one it is: READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
    sqlite_kind(code).is_some_and(|kind| matches!(kind, 8 | 10 | 11 | 13 | 14 | 26))
}

/// PostgreSQL can't be talked to: all connections lost, too many of them, shutting down, starting up.
fn is_away_by(code: &str) -> bool {
    code.starts_with("08") && code.len() == 5
        || matches!(code, "53200" | "53300" | "57P01" | "57P02" | "57P03")
}

/// Somebody else has the SQLite file at this moment.
pub(super) fn is_locked(error: &DbErr) -> bool {
    let kind = code(error).as_deref().and_then(sqlite_kind);
    kind == Some(5)
}

/// `None` for PostgreSQL, whose codes have five letters.
fn sqlite_kind(code: &str) -> Option<u32> {
    let number: u32 = code.parse().ok()?;
    (code.len() < 5).then_some(number & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_a_broken_rule() {
        // SQLite: FULL, READONLY, READONLY_DBMOVED, IOERR_WRITE, IOERR_FSYNC, CANTOPEN. PostgreSQL: disk_full.
        for code in ["13", "8", "1032", "778", "1034", "14", "53100", "25006"] {
            assert!(has_no_room(code), "{code}");
        }
        // CONSTRAINT_UNIQUE, BUSY, ERROR; unique_violation, serialization_failure, and one that ends like FULL.
        for code in ["2067", "5", "1", "23505", "40001", "42701", "00013"] {
            assert!(!has_no_room(code), "{code}");
            assert!(!is_away_by(code), "{code}");
        }
        for code in ["08006", "57P01", "57P03", "53300"] {
            assert!(is_away_by(code), "{code}");
        }
    }
}
