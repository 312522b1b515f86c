//! What search engines may list: pages of stores and products that somebody can buy from today.

use crate::entity::{listing, product, store};
use crate::listing::shown;
use crate::{Market, Result};
use model::{ProductId, StoreId, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// Ids that one part looks at. A part is a file of its own, of which 50,000 addresses are the most.
const IDS: i64 = 10_000;

/// How many parts there are of each kind. A thing stays in the part that it is in first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Of stores.
    pub stores: i64,
    /// Of products.
    pub products: i64,
}

/// A store with something on its shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedStore {
    /// Its part of the address.
    pub slug: String,
}

/// A product, where its maker sells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProduct {
    /// The maker's part of the address.
    pub store: String,
    /// The product's.
    pub slug: String,
    /// When its maker changed it last.
    pub changed_at: Timestamp,
}

/// How much there is to list.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn parts(market: &Market) -> Result<Parts> {
    let db = market.reader();
    let last_store = store::Entity::find()
        .select_only()
        .column(store::Column::Id)
        .order_by_desc(store::Column::Id)
        .into_tuple::<StoreId>()
        .one(db)
        .await?;
    let last_product = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .order_by_desc(product::Column::Id)
        .into_tuple::<ProductId>()
        .one(db)
        .await?;
    let parts = |last: Option<i64>| last.map_or(0, part_of);
    Ok(Parts {
        stores: parts(last_store.map(|id| id.0)),
        products: parts(last_product.map(|id| id.0)),
    })
}

/// The stores of a part, counted from 1, that are open and have something to show.
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn stores(market: &Market, part: i64) -> Result<Vec<ListedStore>> {
    let _turn = market.turn().await?;
    let on_shelves = shown::listings()
        .select_only()
        .column(listing::Column::StoreId)
        .filter(within(listing::Column::StoreId, part));
    let slugs = store::Entity::find()
        .select_only()
        .column(store::Column::Slug)
        .filter(within(store::Column::Id, part))
        .filter(store::Column::Id.in_subquery(on_shelves.into_query()))
        .order_by_asc(store::Column::Id)
        .into_tuple::<String>()
        .all(market.slow_reader())
        .await?;
    Ok(slugs.into_iter().map(|slug| ListedStore { slug }).collect())
}

/// The products of a part, counted from 1, that are published and in stock.
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn products(market: &Market, part: i64) -> Result<Vec<ListedProduct>> {
    let _turn = market.turn().await?;
    let db = market.slow_reader();
    let rows = product::Entity::find()
        .select_only()
        .columns([
            product::Column::StoreId,
            product::Column::Slug,
            product::Column::UpdatedAt,
        ])
        .filter(within(product::Column::Id, part))
        .filter(shown::published())
        .filter(shown::in_stock())
        .order_by_asc(product::Column::Id)
        .into_tuple::<(StoreId, String, Timestamp)>()
        .all(db)
        .await?;
    let makers: HashMap<StoreId, String> = store::Entity::find()
        .select_only()
        .columns([store::Column::Id, store::Column::Slug])
        .filter(store::Column::Id.is_in(rows.iter().map(|(store, ..)| *store)))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let listed = |(store, slug, changed_at)| {
        let store = makers.get(&store)?.clone();
        Some(ListedProduct {
            store,
            slug,
            changed_at,
        })
    };
    Ok(rows.into_iter().filter_map(listed).collect())
}

fn part_of(id: i64) -> i64 {
    id.saturating_sub(1) / IDS + 1
}

/// Ids of a part; none of one that there can't be.
fn within(id: impl ColumnTrait, part: i64) -> Condition {
    let last = part.saturating_mul(IDS);
    Condition::all()
        .add(id.gt(last.saturating_sub(IDS)))
        .add(id.lte(last))
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn parts_begin_after_full_ones() {
        let parts = [1, 9_999, 10_000, 10_001, 20_000, 20_001].map(part_of);
        assert_eq!(parts, [1, 1, 1, 2, 2, 3]);
    }
}
