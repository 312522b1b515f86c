//! Looking for products: in the marketplace, which holds what other stores can put on their shelves today, or by words
//! among all that can be bought. And where visitors start to look around.

mod by_sql;
mod by_words;
mod called;
mod texts;

pub(crate) use by_sql::holds_words;
pub(crate) use texts::Texts;
pub use texts::keep;

use crate::facts::Cells;
use crate::feed::Topic;
use crate::fresh::Fresh;
use crate::product::cards;
use crate::store::Owner;
use crate::{Market, Result, store};
use model::{
    Corrected, Facets, LookedUp, MarketFilters, MarketPage, MarketSort, Page, ProductId, StoreCard,
    Words, limits,
};

const PAGE: u64 = 24;

/// A page of what is found.
#[derive(Debug, Default)]
struct Found {
    products: Vec<ProductId>,
    count: Count,
    looked_up: LookedUp,
    corrected: Vec<Corrected>,
}

/// How much is found.
#[derive(Debug)]
enum Count {
    /// By what further filters would leave of it.
    Of(Cells),
    /// It was not counted, but there is so much.
    AtLeast(u64),
}

impl Default for Count {
    fn default() -> Count {
        Count::Of(Cells::default())
    }
}

/// The products that are looked for, one page of them (the last one beyond it), and how many further filters would leave.
/// Rewards are in it, and in its order, only for a store's owner (R10).
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn marketplace(
    market: &Market,
    viewer: Option<Owner>,
    filters: MarketFilters,
) -> Result<MarketPage> {
    let filters = asked_by(viewer, filters);
    let page = page(market, viewer, &filters).await?;
    let last = filters.page.within(PAGE, page.products.total);
    if last == filters.page {
        return Ok(page);
    }
    let filters = MarketFilters {
        page: last,
        ..filters
    };
    self::page(market, viewer, &filters).await
}

async fn page(
    market: &Market,
    viewer: Option<Owner>,
    filters: &MarketFilters,
) -> Result<MarketPage> {
    market.shows([Topic::Market]);
    let fresh = market.fresh().await;
    let found = match filters.has_words() {
        true => by_words::page(fresh, filters, PAGE).await?,
        false => whole(fresh, filters),
    };
    let Found {
        products,
        count,
        looked_up,
        corrected,
    } = match found {
        Some(found) => found,
        None => by_sql::page(market, filters, PAGE).await?,
    };
    if looked_up != LookedUp::Well || matches!(count, Count::AtLeast(_)) {
        market.shows_for_once();
    }
    let (total, facets) = match count {
        Count::Of(cells) => (
            u64::try_from(cells.total(filters)).unwrap_or(0),
            cells.facets(filters, viewer.is_some()),
        ),
        Count::AtLeast(total) => (total, Facets::default()),
    };
    let products = cards(fresh, viewer, products).await?;
    let words = match filters.has_words() {
        true => Words {
            looked_up,
            corrected,
            stores: called::stores(fresh, &filters.search).await?,
            categories: called::categories(&filters.search),
        },
        false => Words::default(),
    };
    Ok(MarketPage {
        products: Page::new(products, filters.page, PAGE, total),
        facets,
        words,
    })
}

/// What of a search counts.
fn counts(search: &str) -> String {
    search.chars().take(limits::SEARCH).collect()
}

/// What somebody without a store asks of rewards is left out.
fn asked_by(viewer: Option<Owner>, filters: MarketFilters) -> MarketFilters {
    let is_owner = viewer.is_some();
    let sort = match filters.sort {
        MarketSort::Reward if !is_owner => MarketFilters::usual_sort(&filters.search),
        sort => sort,
    };
    MarketFilters {
        sort,
        offered: filters.offered && is_owner,
        reward: filters.reward.filter(|_| is_owner),
        ..filters
    }
}

/// A page of the marketplace, from memory.
fn whole(fresh: Fresh<'_>, filters: &MarketFilters) -> Option<Found> {
    let all = fresh.all()?;
    let (offset, limit) = stretch(filters, PAGE);
    Some(Found {
        products: all.marketplace(filters, offset, limit),
        count: Count::Of(all.cells().clone()),
        ..Found::default()
    })
}

/// How many products come before a page of this size, and how many are on it at most.
fn stretch(filters: &MarketFilters, size: u64) -> (usize, usize) {
    let rows = |rows| usize::try_from(rows).unwrap_or(usize::MAX);
    (rows(filters.page.offset(size)), rows(size))
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
