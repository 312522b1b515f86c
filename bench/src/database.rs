//! Where it is measured: an SQLite file, or a database on a PostgreSQL server, made for this run and gone after it.

use crate::Outcome;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;
use url::Url;

/// As many as work at the same time.
pub const WORKERS: u32 = 16;

pub enum Database {
    Sqlite {
        folder: TempDir,
        url: String,
    },
    Postgres {
        folder: TempDir,
        url: String,
        server: DatabaseConnection,
        name: String,
    },
}

impl Database {
    pub fn sqlite() -> Outcome<Database> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite://{}", folder.path().join("market.db").display());
        Ok(Database::Sqlite { folder, url })
    }

    pub async fn postgres(server: &str) -> Outcome<Database> {
        let mut url: Url = server.parse()?;
        let server = connect(server, 1).await?;
        let name = format!("bench_{}", market::random_code(12));
        server
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
        url.set_path(&name);
        // Counts statements where the server has it loaded; without it they are not counted.
        let _ = server
            .execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            .await;
        Ok(Database::Postgres {
            folder: tempfile::tempdir()?,
            url: url.into(),
            server,
            name,
        })
    }

    pub fn name(&self) -> &'static str {
        match self {
            Database::Sqlite { .. } => "SQLite",
            Database::Postgres { .. } => "PostgreSQL",
        }
    }

    pub fn url(&self) -> &str {
        match self {
            Database::Sqlite { url, .. } | Database::Postgres { url, .. } => url,
        }
    }

    /// For pictures and the like; there are none.
    pub fn folder(&self) -> &std::path::Path {
        match self {
            Database::Sqlite { folder, .. } | Database::Postgres { folder, .. } => folder.path(),
        }
    }

    /// A pool past all rules. SQLite has one writer.
    pub async fn rows(&self) -> Outcome<DatabaseConnection> {
        match self {
            Database::Sqlite { url, .. } => {
                let mut options = ConnectOptions::new(url);
                options.max_connections(1).sqlx_logging(false);
                options.map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .foreign_keys(true)
                        .busy_timeout(std::time::Duration::from_secs(30))
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                });
                Ok(sea_orm::Database::connect(options).await?)
            }
            Database::Postgres { url, .. } => connect(url, WORKERS).await,
        }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> Outcome<i64> {
        let rows = self.rows().await?;
        let count = number(&rows, &format!("SELECT COUNT(*) FROM {table}")).await?;
        rows.close().await?;
        Ok(count)
    }

    /// SQL statements made in this database until now, where somebody counts them.
    pub async fn statements(&self) -> Option<i64> {
        let Database::Postgres { server, name, .. } = self else {
            return None;
        };
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM pg_stat_statements s \
             JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = '{name}'"
        );
        number(server, &sql).await.ok()
    }

    pub async fn erase(self) -> Outcome {
        if let Database::Postgres { server, name, .. } = self {
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            server.execute_unprepared(&drop).await?;
            server.close().await?;
        }
        Ok(())
    }
}

/// Past all rules.
pub async fn connect(url: &str, connections: u32) -> Outcome<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .sqlx_logging(false)
        .test_before_acquire(false);
    Ok(sea_orm::Database::connect(options).await?)
}

/// The one number a statement gives.
pub async fn number(rows: &DatabaseConnection, sql: &str) -> Outcome<i64> {
    let statement = Statement::from_string(rows.get_database_backend(), sql);
    let row = rows.query_one_raw(statement).await?;
    Ok(row.ok_or("no row")?.try_get_by_index(0)?)
}
