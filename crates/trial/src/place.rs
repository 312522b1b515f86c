//! An SQLite file or a PostgreSQL database, new for each test and gone after it.

use crate::template;
use market::{Market, Settings, random_code};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;
use url::Url;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The one behind an address.
    pub fn of(database_url: &str) -> Engine {
        if database_url.starts_with("sqlite:") {
            Engine::Sqlite
        } else {
            Engine::Postgres
        }
    }

    /// Its name in the table of results.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// A database of one test's own, and a folder for everything else. What is in the folder goes with it.
pub struct Place {
    pub engine: Engine,
    pub url: String,
    pub folder: TempDir,
    /// What has to be erased on a PostgreSQL server.
    made: Option<Made>,
}

struct Made {
    server: Url,
    database: String,
}

impl Place {
    /// An empty database. `None` when there is no server to test on and none is required.
    pub async fn empty(engine: Engine) -> Option<Place> {
        match engine {
            Engine::Sqlite => Some(Self::file()),
            Engine::Postgres => Self::database("").await,
        }
    }

    /// A market's tables with nothing in them, copied from one that was migrated before.
    pub async fn migrated(engine: Engine) -> Option<Place> {
        match engine {
            Engine::Sqlite => {
                let place = Self::file();
                let file = place.folder.path().join(FILE);
                std::fs::write(file, template::sqlite().await).unwrap();
                Some(place)
            }
            Engine::Postgres => {
                let template = template::postgres(&server_url()?).await;
                Self::database(&format!("TEMPLATE {template}")).await
            }
        }
    }

    /// A database that is there already, and stays.
    pub fn at(engine: Engine, url: String, folder: TempDir) -> Place {
        Place {
            engine,
            url,
            folder,
            made: None,
        }
    }

    fn file() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join(FILE).display());
        Self::at(Engine::Sqlite, url, folder)
    }

    async fn database(like: &str) -> Option<Place> {
        let server = server_url()?;
        let database = format!("trial_{}", random_code(16).to_lowercase());
        execute(&server, &format!("CREATE DATABASE {database} {like}")).await;
        let mut url = server.clone();
        url.set_path(&database);
        Some(Place {
            made: Some(Made { server, database }),
            ..Self::at(Engine::Postgres, url.into(), tempfile::tempdir().unwrap())
        })
    }

    /// Whoever is still connected is sent away.
    pub async fn erase(&self) {
        if let Some(Made { server, database }) = &self.made {
            execute(server, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
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

/// What an SQLite database's file is called in its folder.
pub(crate) const FILE: &str = "market.db";

/// One connection.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// Tells a server something by a connection of its own.
pub(crate) async fn execute(server: &Url, sql: &str) {
    let connection = connect(server.as_str()).await;
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// Whether a test that needs a PostgreSQL server fails rather than being skipped.
pub fn postgres_is_required() -> bool {
    ["CI", "REQUIRE_POSTGRES", "TEST_DATABASE_URL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}

fn server_url() -> Option<Url> {
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        return Some(url.parse().unwrap());
    }
    assert!(
        !postgres_is_required(),
        "TEST_DATABASE_URL must name a PostgreSQL server"
    );
    eprintln!("skipped: TEST_DATABASE_URL names no PostgreSQL server");
    None
}
