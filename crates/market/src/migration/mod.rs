//! The schema. Only these files change it, all that are missing in one transaction: a change and the note that it was
//! made are both there or neither is, and two processes that start at the same time take turns.
//!
//! The tables are plain SQL that both engines read; the one word that differs, the type of a numbered primary
//! key, is filled in here.

mod closing;
mod folded_texts;
mod guards;

pub(crate) use closing::{MOVED_AWAY, close};
pub(crate) use guards::set_guards_aside;

use crate::Result;
use crate::db::{Db, Tx};
use crate::error::Error;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};
use std::future::Future;
use std::pin::Pin;

/// Every change to the schema, in order.
const CHANGES: &[Change] = &[
    Change {
        name: "m0001_market",
        sql: include_str!("m0001_market/tables.sql"),
        sqlite: include_str!("m0001_market/append_only_sqlite.sql"),
        postgres: include_str!("m0001_market/append_only_postgres.sql"),
        then: None,
    },
    Change::of_both("m0002_imports", include_str!("m0002_imports.sql")),
    Change::of_both(
        "m0003_restocked_by_refund",
        include_str!("m0003_restocked_by_refund.sql"),
    ),
    Change::of_both(
        "m0004_standing_listings",
        include_str!("m0004_standing_listings.sql"),
    ),
    Change::of_both("m0005_settled", include_str!("m0005_settled.sql")),
    Change {
        name: "m0006_bounds",
        sql: include_str!("m0006_bounds/clamp.sql"),
        sqlite: include_str!("m0006_bounds/checks_sqlite.sql"),
        postgres: include_str!("m0006_bounds/checks_postgres.sql"),
        then: None,
    },
    Change::of_both(
        "m0007_what_hangs_on_a_cart",
        include_str!("m0007_what_hangs_on_a_cart.sql"),
    ),
    Change::of_both("m0008_folded_texts", include_str!("m0008_folded_texts.sql"))
        .then(folded_texts::fold),
    Change::of_both("m0009_bounds", include_str!("m0009_bounds.sql")),
    Change::of_both("m0010_sent_once", include_str!("m0010_sent_once.sql")),
    Change::of_both(
        "m0011_closed_stores",
        include_str!("m0011_closed_stores.sql"),
    ),
    Change {
        name: "m0012_changes",
        sql: "",
        sqlite: include_str!("m0012_changes/sqlite.sql"),
        postgres: include_str!("m0012_changes/postgres.sql"),
        then: None,
    },
];

/// Brings a database up to date.
pub(crate) async fn up(db: &Db) -> Result<()> {
    db.write((), |tx, ()| Box::pin(up_in(tx, None))).await
}

/// Whether any change was ever made to this database: without one, nothing is in it.
pub(crate) async fn is_begun(db: &Db) -> Result<bool> {
    Ok(
        !Migrator::get_applied_migrations_read_only(db.reader().pool())
            .await?
            .is_empty(),
    )
}

/// Whether every change has been made.
pub(crate) async fn is_complete(db: &Db) -> Result<bool> {
    Ok(
        Migrator::get_pending_migrations_read_only(db.reader().pool())
            .await?
            .is_empty(),
    )
}

/// The names of the changes that were made, in order.
pub(crate) async fn made(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let made = Migrator::get_applied_migrations_read_only(db).await?;
    Ok(made.iter().map(|change| change.name().to_owned()).collect())
}

/// The names of all changes that this program makes.
#[cfg(test)]
pub(crate) fn up_to_date() -> Vec<String> {
    CHANGES
        .iter()
        .map(|change| change.name.to_owned())
        .collect()
}

/// The first of these changes that this program would not make so, if there is one.
pub(crate) fn unknown_of(changes: &[String]) -> Option<String> {
    let mut own = CHANGES.iter().map(|change| change.name);
    let is_unknown = |change: &&String| own.next() != Some(change.as_str());
    changes.iter().find(is_unknown).cloned()
}

/// Every table that a change makes, in that order: what a row refers to comes before it.
pub(crate) fn tables() -> Vec<&'static str> {
    let mut tables = Vec::new();
    for change in CHANGES {
        for sql in [change.sql, change.sqlite, change.postgres] {
            for made in sql.split("CREATE TABLE ").skip(1) {
                let name = made.split([' ', '(']).next().unwrap_or_default();
                if !tables.contains(&name) {
                    tables.push(name);
                }
            }
        }
    }
    tables
}

/// Whether there is nothing of a market, not even a table.
pub(crate) async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    let there = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT tablename::TEXT AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let there = Statement::from_string(db.get_database_backend(), there);
    let own = tables();
    for row in db.query_all_raw(there).await? {
        if own.contains(&row.try_get::<String>("", "name")?.as_str()) {
            return Ok(false);
        }
    }
    Ok(made(db).await?.is_empty())
}

/// Makes the missing changes, or so many of them.
pub(crate) async fn up_in(tx: &Tx, first: Option<usize>) -> Result<()> {
    let first = first.map(|first| u32::try_from(first).unwrap_or(u32::MAX));
    let schema = tx.db().schema();
    Migrator::install(schema).await?;
    if schema.get_database_backend() == DbBackend::Postgres {
        // Whoever comes second waits here, and then sees what the first has done. SQLite has one writer at a time.
        let lock = "LOCK TABLE seaql_migrations IN SHARE ROW EXCLUSIVE MODE";
        schema.execute_unprepared(lock).await?;
    }
    Migrator::up(schema, first)
        .await
        .map_err(|error| match Error::from(error) {
            Error::Database(error) => Error::Tables(error),
            unavailable => unavailable,
        })
}

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        fn boxed(change: Change) -> Box<dyn MigrationTrait> {
            Box::new(change)
        }
        CHANGES.iter().copied().map(boxed).collect()
    }
}

/// One change to the schema, in SQL in which `{id}` stands for "a numbered primary key".
#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    /// What both engines read.
    sql: &'static str,
    /// What only one of them reads, after that.
    sqlite: &'static str,
    postgres: &'static str,
    /// What no SQL can say, after that.
    then: Option<Step>,
}

/// Work on rows that are there already. It may run again over its own half-done work.
type Step = for<'c> fn(
    &'c SchemaManager<'c>,
) -> Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'c>>;

impl Change {
    const fn of_both(name: &'static str, sql: &'static str) -> Change {
        Change {
            name,
            sql,
            sqlite: "",
            postgres: "",
            then: None,
        }
    }

    const fn then(self, step: Step) -> Change {
        Change {
            then: Some(step),
            ..self
        }
    }
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (id, own) = match manager.get_database_backend() {
            DbBackend::Sqlite => ("INTEGER PRIMARY KEY AUTOINCREMENT", self.sqlite),
            _ => (
                "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
                self.postgres,
            ),
        };
        for sql in [self.sql, own] {
            manager
                .get_connection()
                .execute_unprepared(&sql.replace("{id}", id))
                .await?;
        }
        if let Some(step) = self.then {
            step(manager).await?;
        }
        Ok(())
    }
}
