//! Readers that look through everything, which must come to an end. PostgreSQL ends a statement by itself. SQLite asks
//! now and then whether to go on, and is told so when a connection is taken, which costs a little: both are done on
//! connections of their own.

use super::trouble::code;
use super::trust::Trust;
use crate::{Error, Result, Settings};
use sea_orm::sqlx::{self, sqlite::SqliteConnection};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use std::time::{Duration, Instant};

/// As many as have a turn on a common machine.
const CONNECTIONS: u32 = 8;

/// SQLite's virtual machine asks after so many of its instructions, each of which may compare a long text.
const INSTRUCTIONS: i32 = 500;

/// Readers whose statements are ended after a while. None is connected before it is needed.
pub(super) async fn readers(settings: &Settings, trust: &Trust) -> Result<DatabaseConnection> {
    let longest = settings.slowest_read;
    let mut options = ConnectOptions::new(&settings.database_url);
    options
        .max_connections(CONNECTIONS)
        .min_connections(0)
        .connect_lazy(true)
        .sqlx_logging(false)
        .test_before_acquire(false);
    if settings.database_url.starts_with("sqlite:") {
        limit_sqlite(&mut options, longest);
    } else {
        let longest = format!("{}ms", longest.as_millis());
        options.map_sqlx_postgres_opts(move |postgres| {
            postgres.options([("statement_timeout", longest.as_str())])
        });
        let trust = trust.clone();
        options.map_sqlx_postgres_pool_opts(move |pool| trust.both(pool));
    }
    Ok(Database::connect(options).await?)
}

fn limit_sqlite(options: &mut ConnectOptions, longest: Duration) {
    options
        .map_sqlx_sqlite_pool_opts(move |pool| {
            pool.after_connect(move |connection, _| Box::pin(limit(connection, longest)))
        })
        .map_sqlx_sqlite_before_acquire(move |connection, _| {
            Box::pin(async move {
                limit(connection, longest).await?;
                Ok(true)
            })
        });
}

/// From now on, for this use of the connection.
async fn limit(connection: &mut SqliteConnection, longest: Duration) -> Result<(), sqlx::Error> {
    let since = Instant::now();
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(INSTRUCTIONS, move || since.elapsed() < longest);
    Ok(())
}

impl Error {
    /// Too many wanted the same at once, or it took too long and was ended. Asking again in a moment may do.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Error::Busy => true,
            // PostgreSQL: query_canceled. SQLite: INTERRUPT.
            Error::Database(error) => matches!(code(error).as_deref(), Some("57014" | "9")),
            _ => false,
        }
    }
}
