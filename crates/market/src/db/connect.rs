use crate::{Error, Result, Settings};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use std::path::Path;
use std::time::Duration;

/// How long SQLite waits for another process's lock, and anybody for a free connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// A pool that writes and a pool that reads; for PostgreSQL the same one.
pub(super) async fn pools(settings: &Settings) -> Result<(DatabaseConnection, DatabaseConnection)> {
    if settings.database_url.starts_with("sqlite:") {
        make_folder(&settings.database_url)?;
        let writer = Database::connect(sqlite(&settings.database_url, 1)).await?;
        let reader =
            Database::connect(sqlite(&settings.database_url, settings.connections)).await?;
        Ok((writer, reader))
    } else {
        let pool = Database::connect(postgres(settings)).await?;
        Ok((pool.clone(), pool))
    }
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = quiet(url);
    options.max_connections(connections).min_connections(1);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("journal_mode", "WAL")
            // NORMAL may lose the last commits when the power fails; with money, none may be lost.
            .pragma("synchronous", "FULL")
    });
    options
}

fn postgres(settings: &Settings) -> ConnectOptions {
    let mut options = quiet(&settings.database_url);
    options.max_connections(settings.connections);
    options.map_sqlx_postgres_opts(|postgres| {
        // A transaction whose owner is gone must not keep its locks.
        postgres.options([
            ("idle_in_transaction_session_timeout", "30s"),
            ("lock_timeout", "20s"),
        ])
    });
    options
}

fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire(false);
    options
}

fn make_folder(url: &str) -> Result<()> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let path = path.split('?').next().unwrap_or(path);
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(Error::Files)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Market, Settings};
    use sea_orm::ConnectionTrait;

    #[tokio::test]
    async fn sqlite_refuses_a_row_that_belongs_to_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("market.db").display());
        let market = Market::connect(Settings::new(url, folder.path()))
            .await
            .unwrap();
        market.migrate().await.unwrap();
        let nobodys = "INSERT INTO carts (account_id, created_at) VALUES (99, 0)";
        assert!(
            market
                .db
                .writer()
                .execute_unprepared(nobodys)
                .await
                .is_err()
        );
    }
}
