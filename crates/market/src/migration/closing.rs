//! The end of an SQLite database whose market has moved away: it can be read, and nobody writes to it any more, not even
//! a server that was running meanwhile.

use super::tables;
use sea_orm::{ConnectionTrait, DbErr};

/// What a statement fails with. It is recognised by this text: SQLite has one code for all that a trigger refuses.
pub(crate) const MOVED_AWAY: &str = "this market has moved to another database";

/// Refuses every write from now on.
pub(crate) async fn close(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let with_notes = tables().into_iter().chain(["seaql_migrations"]);
    for table in with_notes {
        for what in ["INSERT", "UPDATE", "DELETE"] {
            db.execute_unprepared(&format!(
                "CREATE TRIGGER moved_away_{what}_{table} BEFORE {what} ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{MOVED_AWAY}'); END"
            ))
            .await?;
        }
    }
    Ok(())
}
