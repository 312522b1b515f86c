//! Where a rule is tried: an SQLite file or a PostgreSQL database, new for each test and gone after it.

use crate::world::World;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use tempfile::TempDir;
use tokio::runtime::Builder;
use url::Url;

/// Makes a test on each engine of every rule named.
macro_rules! both_engines {
    ($($rule:ident),+ $(,)?) => {$(
        mod $rule {
            use crate::engine::{Engine, run};

            #[test]
            fn sqlite() {
                run(Engine::Sqlite, super::$rule);
            }

            #[test]
            fn postgres() {
                run(Engine::Postgres, super::$rule);
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

/// Tries a rule in an empty market, then has every book audited.
pub fn run<F: Future<Output = ()>>(engine: Engine, rule: impl FnOnce(World) -> F) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let Some(place) = runtime.block_on(Place::make(engine)) else {
        return;
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let world = World::new(&place.url, place.folder.path()).await;
            rule(world.clone()).await;
            world.assert_sound().await;
            world.close().await;
        });
    }));
    runtime.block_on(place.erase());
    if let Err(failed) = outcome {
        resume_unwind(failed);
    }
}

/// A database of one test's own. An SQLite file goes with its folder.
struct Place {
    url: String,
    folder: TempDir,
    server: Option<Server>,
}

/// A connection to the PostgreSQL server, and the database made there.
struct Server {
    connection: DatabaseConnection,
    database: String,
}

impl Place {
    /// `None` when there is no server to test on and none is required.
    async fn make(engine: Engine) -> Option<Place> {
        let folder = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                let url = format!("sqlite://{}", folder.path().join("market.db").display());
                Some(Place {
                    url,
                    folder,
                    server: None,
                })
            }
            Engine::Postgres => {
                let server = server_url()?;
                let mut options = ConnectOptions::new(server.as_str());
                options.max_connections(1);
                let connection = Database::connect(options).await.unwrap();
                let database = format!("rules_{}", market::random_code(16));
                connection
                    .execute_unprepared(&format!("CREATE DATABASE {database}"))
                    .await
                    .unwrap();
                let mut url = server;
                url.set_path(&database);
                Some(Place {
                    url: url.into(),
                    folder,
                    server: Some(Server {
                        connection,
                        database,
                    }),
                })
            }
        }
    }

    async fn erase(self) {
        if let Some(Server {
            connection,
            database,
        }) = self.server
        {
            let drop = format!("DROP DATABASE {database} WITH (FORCE)");
            connection.execute_unprepared(&drop).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

fn server_url() -> Option<Url> {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => Some(url.parse().unwrap()),
        Err(_) => {
            let required = ["CI", "REQUIRE_POSTGRES"]
                .iter()
                .any(|name| std::env::var_os(name).is_some());
            assert!(!required, "TEST_DATABASE_URL must name a PostgreSQL server");
            eprintln!("skipped: TEST_DATABASE_URL names no PostgreSQL server");
            None
        }
    }
}
