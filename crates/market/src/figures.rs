//! What can be watched of a running market, as numbers: whoever watches over it asks for them now and then. All but what
//! is due is of this process and costs next to nothing.

use crate::{Market, outbox};
use sea_orm::sqlx::{self, Database};
use sea_orm::{DatabaseConnection, DbBackend};
use std::time::Duration;

/// How the market fares. Counts are since the process began.
#[derive(Clone, Debug)]
pub struct Figures {
    pub feed: Feed,
    pub texts: Texts,
    /// Products in the marketplace; `None` while lists are asked of the database.
    pub offered: Option<usize>,
    /// Open pages that are told how products stand.
    pub watching: usize,
    /// Calls to the outside; `None` when the database does not say.
    pub due: Option<Due>,
    pub pools: Vec<Pool>,
}

/// The reading of what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Requests that asked to be up to date.
    pub asked: u64,
    /// Reads, each for all who asked meanwhile, and what they took.
    pub reads: u64,
    pub reading: Duration,
    /// Times that changes may have been missed.
    pub lost: u64,
    /// How long ago the last read began; `None` while what changes is not known.
    pub behind: Option<Duration>,
}

/// The texts in which words are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Whether words are looked up there, and not in the database.
    pub are_there: bool,
    /// Changed texts that have not been looked at.
    pub waiting: usize,
    /// Whether all are compared with the database.
    pub are_compared: bool,
}

/// Calls to the outside that should have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub calls: u64,
    /// How long the oldest has been due.
    pub oldest: Duration,
}

/// Connections to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub name: &'static str,
    pub open: u32,
    pub idle: u32,
    pub most: u32,
}

impl Market {
    /// How the market fares.
    pub async fn figures(&self) -> Figures {
        Figures {
            feed: self.feed.figures(),
            texts: self.texts.figures(),
            offered: self.facts.all().map(|all| all.offered()),
            watching: self.live.watching(),
            due: outbox::overdue(self).await.ok(),
            pools: self
                .db
                .pools()
                .into_iter()
                .map(|(name, pool)| of_pool(name, pool))
                .collect(),
        }
    }
}

fn of_pool(name: &'static str, connection: &DatabaseConnection) -> Pool {
    match connection.get_database_backend() {
        DbBackend::Sqlite => pool(name, connection.get_sqlite_connection_pool()),
        _ => pool(name, connection.get_postgres_connection_pool()),
    }
}

fn pool<DB: Database>(name: &'static str, pool: &sqlx::Pool<DB>) -> Pool {
    Pool {
        name,
        open: pool.size(),
        idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
        most: pool.options().get_max_connections(),
    }
}
