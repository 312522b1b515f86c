//! What decides where each product shows, kept in memory for all of them: lists of the whole market are filtered, sorted
//! and counted without asking the database.
//!
//! The task that follows the feed reads all facts at its start, a stretch at a time, and those of what changes before it
//! tells anybody that it has caught up. So whoever has the feed catch up finds them as of then; while they are not all
//! there, the database is asked.

mod all;
mod cells;
mod fact;
mod read;
mod top;

pub(crate) use all::{All, Standing, begins_a_word, words};
pub(crate) use cells::{Cell, CellAt, Cells, Passing};
pub(crate) use fact::Fact;
pub(crate) use top::Top;

use crate::Result;
use crate::db::Reader;
use model::{Currency, Money, PriceBand, ProductId, StoreId};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Products, and then shelves, that are read at a time while the facts are gathered. Whoever asks the feed meanwhile
/// waits that long.
const STRETCH: u64 = 5_000;

/// The facts, as far as this process knows them. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Facts {
    all: Arc<RwLock<All>>,
    /// The prices from which bands begin.
    bands: [Money; 4],
}

/// How far the facts are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gathered {
    Shelves(StoreId),
    Products(ProductId),
    All,
    /// There is no room: the database is asked for good.
    Never,
}

impl Gathered {
    /// Nothing yet.
    pub const NOTHING: Gathered = Gathered::Shelves(StoreId(0));

    pub fn is_complete(self) -> bool {
        matches!(self, Gathered::All | Gathered::Never)
    }
}

impl Facts {
    pub fn new(currency: Currency) -> Facts {
        let bands = PriceBand::begins(currency);
        Facts {
            all: Arc::new(RwLock::new(All::new(bands))),
            bands,
        }
    }

    /// The prices from which bands begin.
    pub fn bands(&self) -> &[Money; 4] {
        &self.bands
    }

    /// All of them; `None` while they are not.
    pub fn all(&self) -> Option<RwLockReadGuard<'_, All>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.is_complete().then_some(all)
    }

    /// Those of some products, for whom there are none too, in the order asked for.
    pub async fn of(
        &self,
        db: &Reader,
        ids: impl Iterator<Item = ProductId>,
        are_current: bool,
    ) -> Result<Vec<(ProductId, Option<Fact>)>> {
        let ids: Vec<_> = ids.collect();
        if are_current && let Some(all) = self.all() {
            return Ok(ids
                .into_iter()
                .map(|id| (id, all.of(id).copied()))
                .collect());
        }
        read::these(db, ids).await
    }

    /// From here on nothing is known.
    pub fn forget(&self) {
        *self.change() = All::new(self.bands);
    }

    /// Reads a further stretch, and says how far that went.
    pub async fn gather(&self, db: &Reader, so_far: Gathered) -> Result<Gathered> {
        match so_far {
            Gathered::Shelves(last) => {
                let shelves = read::shelves_after(db, last, STRETCH).await?;
                let Some(last) = shelves.last().map(|(store, _)| *store) else {
                    return Ok(Gathered::Products(ProductId(0)));
                };
                let shelves = shelves.into_iter();
                self.learn_shelves(shelves.map(|(store, standing)| (store, Some(standing))));
                Ok(Gathered::Shelves(last))
            }
            Gathered::Products(last) => {
                let products = read::after(db, last, STRETCH).await?;
                let Some((last, _)) = products.last().copied() else {
                    self.change().complete();
                    return Ok(Gathered::All);
                };
                let products = products.into_iter().map(|(id, fact)| (id, Some(fact)));
                Ok(match self.learn(products) {
                    true => Gathered::Products(last),
                    false => Gathered::Never,
                })
            }
            Gathered::All | Gathered::Never => Ok(so_far),
        }
    }

    /// Reads what became of these. `false` when there is no room for it.
    pub async fn refresh(
        &self,
        db: &Reader,
        products: &BTreeSet<ProductId>,
        shelves: &BTreeSet<StoreId>,
    ) -> Result<bool> {
        let products = read::these(db, products.iter().copied()).await?;
        self.learn_shelves(read::shelves(db, shelves.iter().copied()).await?);
        Ok(self.learn(products))
    }

    fn learn(&self, products: impl IntoIterator<Item = (ProductId, Option<Fact>)>) -> bool {
        let mut all = self.change();
        let has_room = products.into_iter().all(|(id, fact)| all.learn(id, fact));
        if !has_room {
            tracing::error!(
                "there are too many products to keep in memory what lists need of them"
            );
            *all = All::new(self.bands);
        }
        has_room
    }

    fn learn_shelves(&self, shelves: impl IntoIterator<Item = (StoreId, Option<Standing>)>) {
        let mut all = self.change();
        for (store, standing) in shelves {
            all.learn_shelf(store, standing);
        }
    }

    fn change(&self) -> RwLockWriteGuard<'_, All> {
        self.all.write().unwrap_or_else(PoisonError::into_inner)
    }
}
