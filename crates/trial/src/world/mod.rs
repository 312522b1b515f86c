//! A market to try rules in, each step a line.

mod links;
mod pages;
mod people;
mod seen;
mod shoppers;

pub use shoppers::{Card, secret_of};

use crate::Engine;
use crate::place::connect;
use market::payment::PaymentProvider;
use market::store::Owner;
use market::{Clock, Market, Settings, Source, jobs, verify};
use model::{AccountId, ListingId, ProductId, StoreId, Timestamp, VariantId};
use sea_orm::DatabaseConnection;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// 2 March 2026, 09:00 UTC.
const START: Timestamp = Timestamp(1_772_442_000_000);

/// What every parcel costs to ship.
pub const SHIPPING: i64 = 400;

/// What every store starts with.
pub const WELCOME: i64 = 10_000;

/// A market on a database of its own, whose clock stands until it is told to go on. Clones are the same world.
#[derive(Clone)]
pub struct World {
    pub market: Market,
    clock: Clock,
    /// Past all rules, for looking at rows and for what nobody may do.
    rows: DatabaseConnection,
    listings: Arc<Mutex<HashMap<(StoreId, ProductId), ListingId>>>,
}

/// A store and its owner.
#[derive(Clone, Debug)]
pub struct Store {
    pub name: String,
    pub slug: String,
    pub owner: Owner,
}

impl Store {
    pub fn id(&self) -> StoreId {
        self.owner.store()
    }

    pub fn account(&self) -> AccountId {
        self.owner.account()
    }
}

/// A published product.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: ProductId,
    pub slug: String,
    pub variants: Vec<VariantId>,
}

impl World {
    pub async fn new(url: &str, data: &Path) -> World {
        let clock = Clock::by_hand(START);
        let market = Market::connect_with(Settings::new(url, data), clock.clone())
            .await
            .unwrap();
        market.migrate().await.unwrap();
        let rows = connect(url).await;
        World {
            market,
            clock,
            rows,
            listings: Arc::default(),
        }
    }

    /// The same market, started again with other settings.
    pub async fn with(&self, change: impl FnOnce(&mut Settings)) -> World {
        let mut settings = self.market.settings().clone();
        change(&mut settings);
        let market = Market::connect_with(settings, self.clock.clone())
            .await
            .unwrap();
        World {
            market,
            ..self.clone()
        }
    }

    /// The same market, as visitors from one place have it.
    pub fn visited_from(&self, place: &str) -> World {
        World {
            market: self.market.clone().asked_from(Source::new(place)),
            ..self.clone()
        }
    }

    /// The same market with another payment provider.
    pub fn paying_through(&self, provider: impl PaymentProvider + 'static) -> World {
        World {
            market: self.market.clone().with_payments(Arc::new(provider)),
            ..self.clone()
        }
    }

    /// Past all rules.
    pub fn rows(&self) -> &DatabaseConnection {
        &self.rows
    }

    /// The engine below.
    pub fn engine(&self) -> Engine {
        Engine::of(&self.market.settings().database_url)
    }

    pub async fn close(self) {
        self.market.close().await.unwrap();
        self.rows.close().await.unwrap();
    }

    /// Fails with every breach the audit names.
    pub async fn assert_sound(&self) {
        let report = verify::run(&self.market).await.unwrap();
        let breaches: Vec<_> = report
            .checks
            .iter()
            .filter(|check| !check.breaches.is_empty())
            .collect();
        assert!(report.is_sound(), "{breaches:#?}");
    }
}

/// What time does.
impl World {
    pub fn wait_minutes(&self, minutes: i64) {
        self.clock.set(self.clock.now().plus_minutes(minutes));
    }

    /// The market does by itself what is due.
    pub async fn tick(&self) {
        jobs::tick(&self.market).await.unwrap();
    }
}
