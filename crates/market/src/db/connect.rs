use super::file::DatabaseFile;
use super::trouble::is_locked;
use super::trust::{self, Trust};
use super::{patience, sqlite_version};
use crate::{Result, Settings};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use std::time::{Duration, Instant};

/// How long SQLite waits for another process's lock, and anybody for the one connection that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How soon a file that somebody else is opening is tried again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Connections that write and connections that read, for PostgreSQL the same ones; and where it is read what changed.
pub(super) struct Pools {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
    pub changes: DatabaseConnection,
    pub trust: Trust,
    pub file: Option<DatabaseFile>,
}

pub(super) async fn pools(settings: &Settings) -> Result<Pools> {
    let trust = Trust::default();
    if !settings.database_url.starts_with("sqlite:") {
        let pool = Database::connect(postgres(settings, &trust)).await?;
        let mut changes = postgres(settings, &trust);
        changes.max_connections(1).connect_lazy(true);
        return Ok(Pools {
            writer: pool.clone(),
            reader: pool,
            changes: Database::connect(changes).await?,
            trust,
            file: None,
        });
    }
    let file = file(settings)?;
    let mut options = sqlite(&settings.database_url, 1);
    let writers = trust.clone();
    options.map_sqlx_sqlite_pool_opts(move |pool| writers.writer(pool));
    let writer = first_to_the_file(options).await?;
    sqlite_version::check(&writer).await?;
    let mut options = sqlite(&settings.database_url, settings.connections);
    options.map_sqlx_sqlite_pool_opts(trust::reader);
    let reader = Database::connect(options).await?;
    Ok(Pools {
        writer,
        changes: reader.clone(),
        reader,
        trust,
        file,
    })
}

/// Several programs that open a new file at the same moment all want to change how it keeps its log, and for that SQLite
/// lets nobody wait, whatever patience it was told to have.
async fn first_to_the_file(options: ConnectOptions) -> Result<DatabaseConnection> {
    let begun = Instant::now();
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_locked(&error) && begun.elapsed() < PATIENCE => {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
            connected => return Ok(connected?),
        }
    }
}

/// The file of an SQLite database; `None` for one in memory.
fn file(settings: &Settings) -> Result<Option<DatabaseFile>> {
    let options: SqliteConnectOptions = settings
        .database_url
        .parse()
        .map_err(|error: sea_orm::SqlxError| DbErr::Custom(error.to_string()))?;
    let path = options.get_filename();
    if settings.database_url.contains(":memory:") {
        return Ok(None);
    }
    DatabaseFile::find(path, settings.make_database).map(Some)
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = quiet(url);
    options
        .acquire_timeout(PATIENCE)
        .max_connections(connections)
        .min_connections(1);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            // The file is there: a connection that finds none has lost it, and must not make another.
            .create_if_missing(false)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("journal_mode", "WAL")
            // NORMAL may lose the last commits when the power fails; with money, none may be lost.
            .pragma("synchronous", "FULL")
    });
    options
}

fn postgres(settings: &Settings, trust: &Trust) -> ConnectOptions {
    let mut options = quiet(&settings.database_url);
    options
        .acquire_timeout(patience::PATIENCE)
        .max_connections(settings.connections);
    options.map_sqlx_postgres_opts(|postgres| {
        // A transaction whose owner is gone must not keep its locks.
        postgres.options([
            ("idle_in_transaction_session_timeout", "30s"),
            ("lock_timeout", "20s"),
        ])
    });
    let trust = trust.clone();
    options.map_sqlx_postgres_pool_opts(move |pool| trust.both(pool));
    options
}

fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).test_before_acquire(false);
    options
}
