//! The marketplace: what other stores can put on their shelves today, searched and sorted, and where visitors
//! start to look around.

use crate::entity::{offer, product, variant};
use crate::feed::Topic;
use crate::listing::shown;
use crate::product::cards;
use crate::store::Owner;
use crate::{Market, Result, stock, store};
use model::{
    Category, MarketFilters, MarketPage, MarketSort, OfferState, Page, ProductCard, StoreCard,
    fold, limits,
};
use sea_orm::sea_query::{Alias, Expr, LikeExpr, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

const PAGE: u64 = 24;

/// Words of a search that count; more only narrow what six have narrowed enough.
const WORDS: usize = 6;

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
    let sort = match filters.sort {
        MarketSort::Reward if viewer.is_none() => MarketSort::Newest,
        sort => sort,
    };
    market.shows([Topic::Market]);
    let _turn = market.turn().await?;
    let db = market.slow_reader();
    let words = holds_words(&filters.search);
    let everything = shown::in_whole_marketplace().add(words.clone());
    let categories = categories(db, everything.clone()).await?;
    let counted = categories
        .iter()
        .filter(|(category, _)| filters.category.is_none_or(|only| only == *category));
    let total = counted
        .map(|(_, products)| u64::try_from(*products).unwrap_or(0))
        .sum();

    // The newest are found by an index, one after the other; any other order has to look at all of them.
    let found = match sort {
        MarketSort::Newest => shown::in_marketplace().add(words),
        _ => everything,
    };
    let mut find = product::Entity::find().filter(found);
    if let Some(category) = filters.category {
        find = find.filter(product::Column::Category.eq(category));
    }
    let rows = sorted(find, sort)
        .offset(filters.page.offset(PAGE))
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(MarketPage {
        products: Page::new(
            cards(market, viewer, rows).await?,
            filters.page,
            PAGE,
            total,
        ),
        categories,
    })
}

/// The marketplace's latest products, at most a page of them.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn newest(
    market: &Market,
    viewer: Option<Owner>,
    limit: u64,
) -> Result<Vec<ProductCard>> {
    market.shows([Topic::Market]);
    let find = product::Entity::find().filter(shown::in_marketplace());
    let rows = sorted(find, MarketSort::Newest)
        .limit(Ord::min(limit, PAGE))
        .all(market.reader())
        .await?;
    cards(market, viewer, rows).await
}

/// The stores with most on their shelf, at most a page of them.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn featured_stores(market: &Market, limit: u64) -> Result<Vec<StoreCard>> {
    let mut stores = store::most_stocked(market, 0, Ord::min(limit, PAGE)).await?;
    stores.retain(|store| store.products > 0);
    Ok(stores)
}

/// Every word of a search stands somewhere in the product's text, [folded](fold) as that is. Finds all when the
/// search is empty.
pub(crate) fn holds_words(search: &str) -> Condition {
    let typed: String = search.chars().take(limits::SEARCH).collect();
    fold(&typed)
        .split_whitespace()
        .take(WORDS)
        .fold(Condition::all(), |all, word| {
            all.add(
                product::Column::SearchText
                    .into_expr()
                    .like(LikeExpr::new(holding(word)).escape('\\')),
            )
        })
}

/// A pattern for texts that hold `word` as it stands: `%` and `_` in it are letters like any other.
fn holding(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

async fn categories(db: &impl ConnectionTrait, found: Condition) -> Result<Vec<(Category, i64)>> {
    let mut counts = product::Entity::find()
        .select_only()
        .column(product::Column::Category)
        .column_as(product::Column::Id.count(), "products")
        .filter(found)
        .group_by(product::Column::Category)
        .into_tuple::<(Category, i64)>()
        .all(db)
        .await?;
    counts.sort_unstable();
    Ok(counts)
}

/// In the order asked for, the later product first where that leaves a choice.
fn sorted(find: Select<product::Entity>, sort: MarketSort) -> Select<product::Entity> {
    let find = match sort {
        MarketSort::PriceUp => with_lowest_price(find).order_by(lowest_price(), Order::Asc),
        MarketSort::PriceDown => with_lowest_price(find).order_by(lowest_price(), Order::Desc),
        MarketSort::Reward => find.order_by(Expr::from(reward()), Order::Desc),
        MarketSort::Newest => find.order_by_desc(product::Column::PublishedAt),
    };
    find.order_by_desc(product::Column::Id)
}

fn lowest_price() -> Expr {
    Expr::col((Alias::new("prices"), Alias::new("lowest")))
}

/// Joined with the lowest price of each product that can be paid now, which is the one its card shows, and which is cheaper than to ask for it product by product.
fn with_lowest_price(mut find: Select<product::Entity>) -> Select<product::Entity> {
    let prices = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .column_as(variant::Column::Price.min(), "lowest")
        .filter(variant::Column::Retired.eq(false))
        .filter(stock::is_available())
        .group_by(variant::Column::ProductId);
    QueryTrait::query(&mut find).join_subquery(
        JoinType::InnerJoin,
        prices.into_query(),
        Alias::new("prices"),
        Expr::col((Alias::new("prices"), variant::Column::ProductId))
            .eq(product::Column::Id.into_expr()),
    );
    find
}

fn reward() -> SelectStatement {
    offer::Entity::find()
        .select_only()
        .column(offer::Column::Rate)
        .filter(
            offer::Column::ProductId
                .into_expr()
                .eq(product::Column::Id.into_expr()),
        )
        .filter(offer::Column::State.eq(OfferState::Open))
        .into_query()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_search_are_plain_letters() {
        assert_eq!(holding(r"50%_a\b"), r"%50\%\_a\\b%");
    }
}
