//! The marketplace: what other stores can put on their shelves today, searched and sorted, and where visitors
//! start to look around.

mod by_sql;

pub(crate) use by_sql::holds_words;

use crate::feed::Topic;
use crate::fresh::Fresh;
use crate::product::cards;
use crate::store::Owner;
use crate::{Market, Result, store};
use model::{Category, MarketFilters, MarketPage, MarketSort, Page, ProductId, StoreCard};

const PAGE: u64 = 24;

/// A page of what is found, and how much of it each category holds.
struct Found {
    products: Vec<ProductId>,
    categories: Vec<(Category, i64)>,
}

/// The products that other stores can sell today, one page of them, and how many each category holds for this
/// search. Rewards are in it, and in its order, only for a store's owner (R10).
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn marketplace(
    market: &Market,
    viewer: Option<Owner>,
    filters: MarketFilters,
) -> Result<MarketPage> {
    let filters = MarketFilters {
        sort: match filters.sort {
            MarketSort::Reward if viewer.is_none() => MarketSort::Newest,
            sort => sort,
        },
        ..filters
    };
    market.shows([Topic::Market]);
    let fresh = market.fresh().await;
    let Found {
        products,
        categories,
    } = match from_memory(fresh, &filters) {
        Some(found) => found,
        None => by_sql::page(market, &filters, PAGE).await?,
    };
    let counted = categories
        .iter()
        .filter(|(category, _)| filters.category.is_none_or(|only| only == *category));
    let total = counted
        .map(|(_, products)| u64::try_from(*products).unwrap_or(0))
        .sum();
    let products = cards(fresh, viewer, products).await?;
    Ok(MarketPage {
        products: Page::new(products, filters.page, PAGE, total),
        categories,
    })
}

/// A page of the whole marketplace, and how much of it each category holds.
fn from_memory(fresh: Fresh<'_>, filters: &MarketFilters) -> Option<Found> {
    if !filters.search.trim().is_empty() {
        return None;
    }
    let all = fresh.all()?;
    let [offset, limit] =
        [filters.page.offset(PAGE), PAGE].map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
    let products = all.marketplace(filters.category, filters.sort, offset, limit);
    Some(Found {
        products,
        categories: all.categories(),
    })
}

/// The stores with most on their shelf, at most a page of them.
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn featured_stores(market: &Market, limit: u64) -> Result<Vec<StoreCard>> {
    let limit = Ord::min(limit, PAGE);
    let mut stores = store::most_stocked(market.fresh().await, limit).await?;
    stores.retain(|store| store.products > 0);
    Ok(stores)
}
