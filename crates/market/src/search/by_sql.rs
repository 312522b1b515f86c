//! Looking for products in the database: where the facts of all products, or their texts, are not at hand. Words are
//! found as they are written then.

use super::{Count, Found, counts};
use crate::entity::{offer, product, variant};
use crate::facts::{Cell, Cells};
use crate::listing::shown;
use crate::{Error, Market, Result, stock};
use model::{
    Category, LookedUp, MarketFilters, MarketSort, Money, OfferState, PriceBand, RewardStep, fold,
};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, LikeExpr, Query, SelectStatement};
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
    let (each, all) = match filters.has_words() {
        true => (shown::for_sale(), shown::all_for_sale()),
        false => (shown::in_marketplace(), shown::in_whole_marketplace()),
    };
    let all = all.add(words.clone());
    let bands = *market.facts.bands();
    let cells = match shown::is_large(db).await? {
        true => None,
        false => Some(cells(db, all.clone(), &bands).await?),
    };
    // The newest are found by an index, one after the other; any other order has to look at all of them.
    let found = match filters.sort {
        MarketSort::Newest | MarketSort::Best => each.add(words),
        _ => all,
    };
    let found = found.add(passes(filters, market));
    let offset = filters.page.offset(size);
    let products = sorted(product::Entity::find().filter(found), filters.sort)
        .select_only()
        .column(product::Column::Id)
        .offset(offset)
        .limit(size + 1)
        .into_tuple()
        .all(db)
        .await?;
    let (products, at_least) = shown::uncounted(products, offset, size);
    Ok(Found {
        products,
        count: cells.map_or(Count::AtLeast(at_least), Count::Of),
        looked_up: match filters.has_words() {
            true => LookedUp::AsWritten,
            false => LookedUp::Well,
        },
        corrected: Vec::new(),
    })
}

/// What passes all filters.
fn passes(filters: &MarketFilters, market: &Market) -> Condition {
    let category = filters
        .category
        .map(|only| product::Column::Category.eq(only));
    let price = filters.price.map(|band| costs(band, market));
    let reward = filters.reward.map(|step| {
        let paying = open_offers()
            .column(offer::Column::ProductId)
            .filter(offer::Column::Rate.gte(step.least()));
        product::Column::Id.in_subquery(paying.into_query())
    });
    Condition::all()
        .add_option(category)
        .add_option(price)
        .add_option(filters.ships_free.then(shown::ships_free))
        .add_option(filters.offered.then(shown::offered))
        .add_option(reward)
}

fn costs(band: PriceBand, market: &Market) -> Expr {
    let (from, to) = band.bounds(market.settings.currency);
    let lowest = || variant::Column::Price.min();
    let mut prices = lowest_prices();
    if let Some(from) = from {
        prices = prices.having(lowest().gte(from));
    }
    if let Some(to) = to {
        prices = prices.having(lowest().lt(to));
    }
    let prices = prices.select_only().column(variant::Column::ProductId);
    product::Column::Id.in_subquery(prices.into_query())
}

/// Every word of a search stands somewhere in the product's text, [folded](fold) as that is. Finds all when the
/// search is empty.
pub(crate) fn holds_words(search: &str) -> Condition {
    fold(&counts(search))
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

/// How many products of what is found there are in each cell.
async fn cells(db: &impl ConnectionTrait, found: Condition, bands: &[Money; 4]) -> Result<Cells> {
    const KINDS: [&str; 5] = ["category", "price", "ships_free", "is_offered", "rewards"];
    let [category, price, ships_free, is_offered, rewards] = KINDS;
    let products = with_lowest_price(product::Entity::find())
        .select_only()
        .column_as(product::Column::Category, category)
        .expr_as(
            steps_reached(lowest_price(), bands.iter().map(|begins| begins.0)),
            price,
        )
        .expr_as(one_if(shown::ships_free()), ships_free)
        .expr_as(one_if(shown::offered()), is_offered)
        .expr_as(
            steps_reached(
                Expr::from(reward()),
                RewardStep::ALL.iter().map(|step| step.least().0),
            ),
            rewards,
        )
        .filter(found);
    let kinds = KINDS.map(Alias::new);
    let counted = Query::select()
        .columns(kinds.clone())
        .expr_as(
            Expr::col(Alias::new(category)).count(),
            Alias::new("products"),
        )
        .from_subquery(products.into_query(), Alias::new("found"))
        .group_by_columns(kinds)
        .to_owned();
    let mut cells = Cells::default();
    for row in db.query_all(&counted).await? {
        let number = |name: &str| row.try_get::<i64>("", name);
        let place = |name: &str| number(name).map(|at| usize::try_from(at).unwrap_or_default());
        let band = PriceBand::ALL.get(place(price)?).copied();
        let cell = Cell {
            category: row.try_get::<Category>("", category)?,
            price: band.ok_or_else(|| Error::Broken("a price is in no band".into()))?,
            ships_free: number(ships_free)? > 0,
            is_offered: number(is_offered)? > 0,
            rewards: place(rewards)?,
        };
        cells.add(cell, number("products")?);
    }
    Ok(cells)
}

/// How many of these rising steps a number reaches; none when there is no number.
fn steps_reached(number: Expr, steps: impl Iterator<Item = i64>) -> Expr {
    let reached = (1_i64..).zip(steps).collect::<Vec<_>>();
    let highest_first = reached.into_iter().rev();
    let by_step = highest_first.fold(CaseStatement::new(), |case, (reached, step)| {
        case.case(number.clone().gte(step), reached)
    });
    by_step.finally(0_i64).into()
}

fn one_if(so: Expr) -> Expr {
    CaseStatement::new().case(so, 1_i64).finally(0_i64).into()
}

/// In the order asked for, the later product first where that leaves a choice.
fn sorted(find: Select<product::Entity>, sort: MarketSort) -> Select<product::Entity> {
    let find = match sort {
        MarketSort::PriceUp => with_lowest_price(find).order_by(lowest_price(), Order::Asc),
        MarketSort::PriceDown => with_lowest_price(find).order_by(lowest_price(), Order::Desc),
        MarketSort::Reward => find.order_by(Expr::from(reward()), Order::Desc),
        MarketSort::Newest | MarketSort::Best => find.order_by_desc(product::Column::PublishedAt),
    };
    find.order_by_desc(product::Column::Id)
}

fn lowest_price() -> Expr {
    Expr::col((Alias::new("prices"), Alias::new("lowest")))
}

/// Joined with the lowest price of each product that can be paid now, which is the one its card shows, and which is
/// cheaper than to ask for it product by product.
fn with_lowest_price(mut find: Select<product::Entity>) -> Select<product::Entity> {
    QueryTrait::query(&mut find).join_subquery(
        JoinType::InnerJoin,
        lowest_prices().into_query(),
        Alias::new("prices"),
        Expr::col((Alias::new("prices"), variant::Column::ProductId))
            .eq(product::Column::Id.into_expr()),
    );
    find
}

fn lowest_prices() -> Select<variant::Entity> {
    variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .column_as(variant::Column::Price.min(), "lowest")
        .filter(variant::Column::Retired.eq(false))
        .filter(stock::is_available())
        .group_by(variant::Column::ProductId)
}

fn open_offers() -> Select<offer::Entity> {
    offer::Entity::find()
        .select_only()
        .filter(offer::Column::State.eq(OfferState::Open))
}

/// What the open offer on a product pays.
fn reward() -> SelectStatement {
    open_offers()
        .column(offer::Column::Rate)
        .filter(
            offer::Column::ProductId
                .into_expr()
                .eq(product::Column::Id.into_expr()),
        )
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
