use super::Fresh;
use crate::Result;
use crate::entity::listing;
use crate::facts::Fact;
use crate::feed::Topic;
use model::{ListingId, ProductId, StoreId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::sync::Arc;

/// A product that a store has put on its shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub listing: ListingId,
    pub store: StoreId,
    pub product: ProductId,
}

impl Standing {
    pub fn of(row: &listing::Model) -> Standing {
        Standing {
            listing: row.id,
            store: row.store_id,
            product: row.product_id,
        }
    }
}

/// What stands on a shelf, seen or not, the latest first.
pub(crate) type Shelf = Vec<Standing>;

impl Fresh<'_> {
    /// What stands on a store's shelf, seen or not, the latest first.
    pub async fn shelf(self, store: StoreId) -> Result<Arc<Shelf>> {
        let shelves = &self.market.parts.shelves;
        if let Some(shelf) = self.known(shelves, &store) {
            return Ok(shelf);
        }
        let rows = listing::Entity::find()
            .select_only()
            .columns([listing::Column::Id, listing::Column::ProductId])
            .filter(listing::Column::StoreId.eq(store))
            .filter(listing::Column::RemovedAt.is_null())
            .order_by_desc(listing::Column::AddedAt)
            .order_by_desc(listing::Column::Id)
            .into_tuple()
            .all(self.market.reader())
            .await?;
        let standing = |(listing, product)| Standing {
            listing,
            store,
            product,
        };
        let shelf: Shelf = rows.into_iter().map(standing).collect();
        let bytes = shelf.len().saturating_mul(size_of::<Standing>());
        Ok(shelves.keep(self.since, [Topic::Carried(store)], bytes, store, shelf))
    }

    /// What shoppers see on a store's shelf, the latest first.
    pub async fn seen_on(self, store: StoreId) -> Result<Vec<(Standing, Fact)>> {
        let shelf = self.shelf(store).await?;
        let facts = self.facts(shelf.iter().map(|row| row.product)).await?;
        let seen = shelf.iter().zip(facts).filter_map(|(standing, (_, fact))| {
            let fact = fact.filter(|fact| fact.shows_on(store))?;
            Some((*standing, fact))
        });
        Ok(seen.collect())
    }
}
