//! The marketplace asked of the database: where the facts of all products are not at hand.

use super::Found;
use crate::entity::{offer, product, variant};
use crate::listing::shown;
use crate::{Market, Result, stock};
use model::{Category, MarketFilters, MarketSort, OfferState, fold, limits};
use sea_orm::sea_query::{Alias, Expr, LikeExpr, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

/// Words of a search that count; more only narrow what six have narrowed enough.
const WORDS: usize = 6;

/// One page of what is found, of this size.
pub(super) async fn page(market: &Market, filters: &MarketFilters, size: u64) -> Result<Found> {
    let _turn = market.turn().await?;
    let db = market.slow_reader();
    let words = holds_words(&filters.search);
    let everything = shown::in_whole_marketplace().add(words.clone());
    let categories = categories(db, everything.clone()).await?;
    // The newest are found by an index, one after the other; any other order has to look at all of them.
    let found = match filters.sort {
        MarketSort::Newest => shown::in_marketplace().add(words),
        _ => everything,
    };
    let mut find = product::Entity::find().filter(found);
    if let Some(category) = filters.category {
        find = find.filter(product::Column::Category.eq(category));
    }
    let products = sorted(find, filters.sort)
        .select_only()
        .column(product::Column::Id)
        .offset(filters.page.offset(size))
        .limit(size)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Found {
        products,
        categories,
    })
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
