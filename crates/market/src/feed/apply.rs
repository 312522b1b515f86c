//! What changes concern.

use super::Topic;
use super::read::Change;
use crate::Result;
use crate::db::Reader;
use crate::entity::{listing, product};
use model::{ProductId, StoreId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// As many as one statement asks for.
const AT_ONCE: usize = 500;

/// What has to be looked at again, and what does not hold any more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Concerned {
    pub topics: BTreeSet<Topic>,
    pub products: BTreeSet<ProductId>,
    pub shelves: BTreeSet<StoreId>,
}

/// What `changes` concern. A product shows on every shelf that carries it, and a store's name and terms on whatever
/// it makes. Shelves that no longer carry it are among them: that may be what changed.
pub(super) async fn concerned(db: &Reader, changes: &[Change]) -> Result<Concerned> {
    let mut topics = BTreeSet::new();
    let mut products = BTreeSet::new();
    let mut shelves = BTreeSet::new();
    let mut makers = BTreeSet::new();
    for change in changes {
        topics.insert(Topic::Market);
        match change {
            Change::Product(product) => _ = products.insert(*product),
            Change::Shelf(store) => {
                topics.extend([Topic::Shelf(*store), Topic::Carried(*store)]);
                shelves.insert(*store);
            }
            Change::Store(store) => {
                topics.insert(Topic::Store(*store));
                shelves.insert(*store);
                makers.insert(*store);
            }
        }
    }
    products.extend(made_by(db, &makers).await?);
    let carrying = shelves_with(db, &products).await?;
    topics.extend(carrying.into_iter().map(Topic::Shelf));
    topics.extend(products.iter().copied().map(Topic::Product));
    Ok(Concerned {
        topics,
        products,
        shelves,
    })
}

async fn made_by(db: &Reader, makers: &BTreeSet<StoreId>) -> Result<Vec<ProductId>> {
    let mut found = Vec::new();
    let makers: Vec<_> = makers.iter().copied().collect();
    for makers in makers.chunks(AT_ONCE) {
        let of_these = product::Entity::find()
            .select_only()
            .column(product::Column::Id)
            .filter(product::Column::StoreId.is_in(makers.iter().copied()));
        found.extend(of_these.into_tuple::<ProductId>().all(db).await?);
    }
    Ok(found)
}

async fn shelves_with(db: &Reader, products: &BTreeSet<ProductId>) -> Result<BTreeSet<StoreId>> {
    let mut found = BTreeSet::new();
    let products: Vec<_> = products.iter().copied().collect();
    for products in products.chunks(AT_ONCE) {
        let of_these = listing::Entity::find()
            .select_only()
            .distinct()
            .column(listing::Column::StoreId)
            .filter(listing::Column::ProductId.is_in(products.iter().copied()));
        found.extend(of_these.into_tuple::<StoreId>().all(db).await?);
    }
    Ok(found)
}
