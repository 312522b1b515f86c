//! What guards the rows, for whoever writes rows that were guarded when they were made: set aside, and put back exactly
//! as it was, in one transaction. Rows that an older release let in are let in again, nothing is noted as a change, and
//! rows may refer to some that come later.

use super::tables;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Statements that put everything back.
pub(crate) struct Guards(Vec<String>);

/// On SQLite the triggers, and what rows refer to is looked for at the commit. On PostgreSQL the triggers, foreign keys,
/// and those constraints that were never proven of the rows from before them.
pub(crate) async fn set_guards_aside(db: &impl ConnectionTrait) -> Result<Guards, DbErr> {
    let backend = db.get_database_backend();
    let mut back = Vec::new();
    if backend == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA defer_foreign_keys = ON")
            .await?;
        let triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid";
        for row in db
            .query_all_raw(Statement::from_string(backend, triggers))
            .await?
        {
            let name: String = row.try_get("", "name")?;
            db.execute_unprepared(&format!("DROP TRIGGER {name}"))
                .await?;
            back.push(row.try_get("", "sql")?);
        }
        return Ok(Guards(back));
    }
    let constraints = "SELECT c.conrelid::REGCLASS::TEXT AS in_table, quote_ident(c.conname) AS name, \
                              pg_get_constraintdef(c.oid) AS meaning \
                       FROM pg_constraint c \
                       WHERE c.connamespace = current_schema()::TEXT::REGNAMESPACE AND c.conrelid <> 0 \
                         AND (c.contype = 'f' OR NOT c.convalidated) \
                       ORDER BY c.oid";
    for row in db
        .query_all_raw(Statement::from_string(backend, constraints))
        .await?
    {
        let (table, name, meaning): (String, String, String) = (
            row.try_get("", "in_table")?,
            row.try_get("", "name")?,
            row.try_get("", "meaning")?,
        );
        if !tables().contains(&table.as_str()) {
            continue;
        }
        db.execute_unprepared(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))
            .await?;
        back.push(format!(
            "ALTER TABLE {table} ADD CONSTRAINT {name} {meaning}"
        ));
    }
    let there = "SELECT t.relname::TEXT AS name FROM pg_class t \
                 WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::TEXT::REGNAMESPACE";
    for row in db
        .query_all_raw(Statement::from_string(backend, there))
        .await?
    {
        let table: String = row.try_get("", "name")?;
        if tables().contains(&table.as_str()) {
            db.execute_unprepared(&format!("ALTER TABLE {table} DISABLE TRIGGER USER"))
                .await?;
            back.push(format!("ALTER TABLE {table} ENABLE TRIGGER USER"));
        }
    }
    Ok(Guards(back))
}

impl Guards {
    pub async fn put_back(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for statement in self.0 {
            db.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}
