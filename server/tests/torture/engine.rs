//! Where a test takes place: an SQLite file or a PostgreSQL database, new for each test and gone after it.

use market::{Market, Settings};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use tempfile::TempDir;
use tokio::runtime::Builder;

/// Makes a test on each engine of every function named.
macro_rules! both_engines {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            use crate::engine::{Engine, run};

            #[test]
            fn sqlite() {
                run(Engine::Sqlite, super::$test);
            }

            #[test]
            fn postgres() {
                run(Engine::Postgres, super::$test);
            }
        }
    )+};
}
pub(crate) use both_engines;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Its name in the table of results.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// A database, and a folder for everything else. What is in the folder goes with it.
pub struct Place {
    pub engine: Engine,
    pub url: String,
    pub folder: TempDir,
}

impl Place {
    pub fn at(engine: Engine, url: String, folder: TempDir) -> Place {
        Place {
            engine,
            url,
            folder,
        }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// The market on this database, beside the servers that use it.
    pub async fn market(&self) -> Market {
        let settings = Settings::new(&self.url, self.path("data"));
        Market::connect(settings).await.unwrap()
    }

    /// The rows, past all rules.
    pub async fn rows(&self) -> DatabaseConnection {
        connect(&self.url).await
    }
}

/// Runs a test in an empty place.
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(std::sync::Arc<Place>) -> F) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (url, database) = match engine {
        Engine::Sqlite => {
            let url = format!("sqlite://{}", folder.path().join("market.db").display());
            (url, None)
        }
        Engine::Postgres => {
            let Some(server) = server_url() else { return };
            let database = format!("torture_{}", market::random_code(16));
            let (address, _) = server.rsplit_once('/').unwrap();
            let url = format!("{address}/{database}");
            runtime.block_on(execute(&server, &format!("CREATE DATABASE {database}")));
            (url, Some((server, database)))
        }
    };
    let place = std::sync::Arc::new(Place::at(engine, url, folder));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(place))));
    if let Some((server, database)) = database {
        let drop = format!("DROP DATABASE {database} WITH (FORCE)");
        runtime.block_on(execute(&server, &drop));
    }
    if let Err(failed) = outcome {
        resume_unwind(failed);
    }
}

async fn execute(url: &str, sql: &str) {
    let connection = connect(url).await;
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// Whether a test that needs a PostgreSQL server fails rather than being skipped.
pub fn postgres_is_required() -> bool {
    ["CI", "REQUIRE_POSTGRES", "TEST_DATABASE_URL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}

fn server_url() -> Option<String> {
    let url = std::env::var("TEST_DATABASE_URL").ok();
    assert!(
        url.is_some() || !postgres_is_required(),
        "TEST_DATABASE_URL must name a PostgreSQL server"
    );
    if url.is_none() {
        eprintln!("skipped: TEST_DATABASE_URL names no PostgreSQL server");
    }
    url
}
