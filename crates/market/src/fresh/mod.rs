//! What everybody is shown, as it is now: from memory where it was read before and nothing of it changed since, and from
//! the database otherwise.
//!
//! [`Market::fresh`] has the feed catch up once. Whatever is then taken from [`Fresh`] is no older than that. Only what
//! is the same for everybody is kept here; what only an owner sees is read each time.

mod details;
mod faces;
mod memory;
mod shelves;
mod stores;

pub(crate) use details::Details;
pub(crate) use faces::Face;
pub(crate) use shelves::{Shelf, Standing};

use crate::entity::store;
use crate::facts::{All, Fact};
use crate::feed::Moment;
use crate::{Market, Result};
use memory::Memory;
use model::{ProductId, StoreId};
use std::sync::{Arc, RwLockReadGuard};

const MIB: u64 = 1 << 20;

/// What was read of what everybody is shown.
pub(crate) struct Parts {
    stores: Memory<StoreId, store::Model>,
    store_addresses: Memory<String, StoreId>,
    shelves: Memory<StoreId, Shelf>,
    faces: Memory<ProductId, Face>,
    details: Memory<ProductId, Details>,
    product_addresses: Memory<String, ProductId>,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts {
            stores: Memory::new(4 * MIB, 1024),
            store_addresses: Memory::new(2 * MIB, 512),
            shelves: Memory::new(8 * MIB, 2048),
            faces: Memory::new(16 * MIB, 768),
            details: Memory::new(16 * MIB, 4096),
            product_addresses: Memory::new(4 * MIB, 512),
        }
    }
}

/// What everybody is shown, no older than when this was made.
#[derive(Clone, Copy)]
pub(crate) struct Fresh<'m> {
    market: &'m Market,
    /// `None` while nobody knows what changes: then all is read.
    since: Option<Moment>,
}

impl Market {
    /// What everybody is shown, as it is now.
    pub(crate) async fn fresh(&self) -> Fresh<'_> {
        let since = match self.feed.catch_up().await {
            Ok(()) => self.feed.moment(),
            Err(_) => None,
        };
        Fresh {
            market: self,
            since,
        }
    }
}

impl<'m> Fresh<'m> {
    pub fn market(self) -> &'m Market {
        self.market
    }

    /// What is known of all products; `None` when the database has to be asked.
    pub fn all(self) -> Option<RwLockReadGuard<'m, All>> {
        self.since.and_then(|_| self.market.facts.all())
    }

    /// Whether shoppers see each of these, and where.
    pub async fn facts(
        self,
        products: impl Iterator<Item = ProductId>,
    ) -> Result<Vec<(ProductId, Option<Fact>)>> {
        let is_known = self.since.is_some();
        let facts = &self.market.facts;
        facts.of(self.market.reader(), products, is_known).await
    }

    fn known<K: Clone + Eq + std::hash::Hash, V>(
        self,
        memory: &Memory<K, V>,
        key: &K,
    ) -> Option<Arc<V>> {
        self.since.and_then(|_| memory.get(&self.market.feed, key))
    }
}
