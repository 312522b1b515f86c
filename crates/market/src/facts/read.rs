//! Reading facts from the database. What changes meanwhile is told by the feed, and read again.

use super::{Fact, Standing};
use crate::entity::{listing, offer, product, variant};
use crate::listing::shown;
use crate::store::names_by_ids;
use crate::{Result, picture, stock};
use model::{Category, Money, OfferState, ProductId, StoreId, Timestamp, Tokens, fold};
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;

/// As many as one statement asks for by number.
const AT_ONCE: usize = 500;

/// The facts of these products; of one that there is not, none.
pub(super) async fn these(
    db: &impl ConnectionTrait,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<Vec<(ProductId, Option<Fact>)>> {
    let products: Vec<_> = products.into_iter().collect();
    let mut all = Vec::with_capacity(products.len());
    for some in products.chunks(AT_ONCE) {
        let mut found: HashMap<_, _> = facts(db, Which::These(some)).await?.into_iter().collect();
        all.extend(some.iter().map(|id| (*id, found.remove(id))));
    }
    Ok(all)
}

/// The facts of the first products after this one, so many at most, by rising number.
pub(super) async fn after(
    db: &impl ConnectionTrait,
    last: ProductId,
    most: u64,
) -> Result<Vec<(ProductId, Fact)>> {
    let ids: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.gt(last))
        .order_by_asc(product::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let Some(upper) = ids.last().copied() else {
        return Ok(Vec::new());
    };
    facts(db, Which::Between(last, upper)).await
}

/// What stands on these shelves; nothing on one that is closed.
pub(super) async fn shelves(
    db: &impl ConnectionTrait,
    stores: impl IntoIterator<Item = StoreId>,
) -> Result<Vec<(StoreId, Option<Standing>)>> {
    let stores: Vec<_> = stores.into_iter().collect();
    let mut all = Vec::with_capacity(stores.len());
    for some in stores.chunks(AT_ONCE) {
        let these = standing().filter(listing::Column::StoreId.is_in(some.iter().copied()));
        let mut found: HashMap<_, _> = named(db, these).await?.into_iter().collect();
        all.extend(some.iter().map(|store| (*store, found.remove(store))));
    }
    Ok(all)
}

/// The same for the first stores after this one that have something on their shelf.
pub(super) async fn shelves_after(
    db: &impl ConnectionTrait,
    last: StoreId,
    most: u64,
) -> Result<Vec<(StoreId, Standing)>> {
    let find = standing()
        .filter(listing::Column::StoreId.gt(last))
        .order_by_asc(listing::Column::StoreId)
        .limit(most);
    named(db, find).await
}

/// What `find` counts, with the stores' names.
async fn named(
    db: &impl ConnectionTrait,
    find: Select<listing::Entity>,
) -> Result<Vec<(StoreId, Standing)>> {
    let counts = find.into_tuple::<(StoreId, i64)>().all(db).await?;
    let mut stores = Vec::with_capacity(counts.len());
    for some in counts.chunks(AT_ONCE) {
        let names = names_by_ids(db, some.iter().map(|(store, _)| *store)).await?;
        stores.extend(some.iter().map(|(store, products)| {
            let name = names.get(store).map(|name| fold(name));
            let standing = Standing {
                products: *products,
                name: name.unwrap_or_default().into(),
            };
            (*store, standing)
        }));
    }
    Ok(stores)
}

fn standing() -> Select<listing::Entity> {
    shown::shelves().column_as(listing::Column::Id.count(), "standing")
}

/// Some products.
#[derive(Clone, Copy)]
enum Which<'p> {
    These(&'p [ProductId]),
    /// After the one, up to the other.
    Between(ProductId, ProductId),
}

impl Which<'_> {
    /// Rows about one of them, by the column that names it.
    fn by(self, column: impl ColumnTrait) -> Condition {
        match self {
            Which::These(ids) => Condition::all().add(column.is_in(ids.iter().copied())),
            Which::Between(before, last) => Condition::all()
                .add(column.gt(before))
                .add(column.lte(last)),
        }
    }
}

async fn facts(db: &impl ConnectionTrait, which: Which<'_>) -> Result<Vec<(ProductId, Fact)>> {
    let rows = products(db, which.by(product::Column::Id)).await?;
    let prices = prices(db, which.by(variant::Column::ProductId)).await?;
    let offers = last_offers(db, which.by(offer::Column::ProductId)).await?;
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        let (available, any) = prices.get(&row.id).copied().unwrap_or_default();
        let offer = offers.get(&row.id);
        let is_open = offer.is_some_and(|offer| offer.state == OfferState::Open);
        let fact = Fact {
            maker: row.maker,
            published_at: row.published_at.unwrap_or_default(),
            price: available.or(any).unwrap_or_default(),
            reward: offer
                .filter(|_| is_open)
                .map(|offer| offer.reward)
                .unwrap_or_default(),
            category: row.category,
            is_published: row.is_published,
            is_in_stock: available.is_some(),
            is_offered: is_open && offer.is_some_and(|offer| offer.open_units > 0),
            is_revoked: offer.is_some_and(|offer| offer.state == OfferState::Revoked),
            has_picture: row.has_picture,
            ships_free: row.ships_free,
        };
        facts.push((row.id, fact));
    }
    Ok(facts)
}

struct Row {
    id: ProductId,
    maker: StoreId,
    category: Category,
    is_published: bool,
    published_at: Option<Timestamp>,
    has_picture: bool,
    ships_free: bool,
}

async fn products(db: &impl ConnectionTrait, wanted: Condition) -> Result<Vec<Row>> {
    let rows = product::Entity::find()
        .select_only()
        .columns([
            product::Column::Id,
            product::Column::StoreId,
            product::Column::Category,
            product::Column::PublishedAt,
        ])
        .expr_as(Expr::from(shown::published()), "is_published")
        .expr_as(picture::has_one(), "has_picture")
        .expr_as(shown::ships_free(), "ships_free")
        .filter(wanted)
        .order_by_asc(product::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let row = |(id, maker, category, published_at, is_published, has_picture, ships_free)| Row {
        id,
        maker,
        category,
        is_published,
        published_at,
        has_picture,
        ships_free,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The lowest price of what can be bought now, and of all that a product comes in.
type Prices = (Option<Money>, Option<Money>);

async fn prices(
    db: &impl ConnectionTrait,
    wanted: Condition,
) -> Result<HashMap<ProductId, Prices>> {
    let price = variant::Column::Price.into_expr();
    let available: Expr = CaseStatement::new()
        .case(stock::is_available(), price)
        .into();
    let rows = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .expr_as(available.min(), "available")
        .column_as(variant::Column::Price.min(), "lowest")
        .filter(variant::Column::Retired.eq(false))
        .filter(wanted)
        .group_by(variant::Column::ProductId)
        .into_tuple::<(ProductId, Option<Money>, Option<Money>)>()
        .all(db)
        .await?;
    let prices = |(id, available, lowest)| (id, (available, lowest));
    Ok(rows.into_iter().map(prices).collect())
}

struct Offer {
    state: OfferState,
    reward: Tokens,
    open_units: i64,
}

/// The last offer on each product: an open one is the last.
async fn last_offers(
    db: &impl ConnectionTrait,
    wanted: Condition,
) -> Result<HashMap<ProductId, Offer>> {
    let rows = offer::Entity::find()
        .select_only()
        .columns([
            offer::Column::ProductId,
            offer::Column::State,
            offer::Column::Rate,
            offer::Column::OpenUnits,
        ])
        .filter(wanted)
        .order_by_asc(offer::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let last = |(id, state, reward, open_units)| {
        let offer = Offer {
            state,
            reward,
            open_units,
        };
        (id, offer)
    };
    Ok(rows.into_iter().map(last).collect())
}
