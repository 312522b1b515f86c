use super::{Owner, by_ids, names_of, view};
use crate::entity::{listing, product, store};
use crate::feed::Topic;
use crate::listing::shown;
use crate::{Error, Market, Result, picture, product as products};
use model::{Category, Page, PageRequest, Picture, ProductId, StoreCard, StoreId, StorePage};
use sea_orm::sea_query::{Alias, Expr, Func, Query, WindowStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

const PAGE: u64 = 24;

/// Pictures on a store's card.
const PICTURES: i64 = 3;

/// A store's public page: its shelf, the latest listing first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such store, or when the operator closed it.
pub async fn page(
    market: &Market,
    slug: &str,
    category: Option<Category>,
    request: PageRequest,
    viewer: Option<Owner>,
) -> Result<StorePage> {
    let db = market.reader();
    let row = store::Entity::find()
        .filter(store::Column::Slug.eq(slug))
        .filter(store::Column::ClosedAt.is_null())
        .one(db)
        .await?;
    let row = row.ok_or(Error::NotFound("store"))?;
    market.shows([Topic::Shelf(row.id), Topic::Store(row.id)]);
    let groups = groups(db, row.id).await?;
    let total: i64 = groups
        .iter()
        .filter(|(c, ..)| category.is_none_or(|only| only == *c))
        .map(|(.., n)| n)
        .sum();
    let mut find = shown::listings().filter(listing::Column::StoreId.eq(row.id));
    if let Some(category) = category {
        find = find.filter(product::Column::Category.eq(category));
    }
    let listings = find
        .order_by_desc(listing::Column::AddedAt)
        .order_by_desc(listing::Column::Id)
        .offset(request.offset(PAGE))
        .limit(PAGE)
        .all(db)
        .await?;
    let cards = products::listed_cards(market, viewer, listings).await?;
    let makers: BTreeSet<StoreId> = groups
        .iter()
        .map(|(_, maker, _)| *maker)
        .filter(|id| *id != row.id)
        .collect();
    let own = groups.iter().filter(|(_, maker, _)| *maker == row.id);
    Ok(StorePage {
        shelf: Page::new(cards, request, PAGE, u64::try_from(total).unwrap_or(0)),
        own_products: own.map(|(.., n)| n).sum(),
        makers_carried: i64::try_from(makers.len()).unwrap_or(i64::MAX),
        categories: groups
            .iter()
            .map(|(category, ..)| *category)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        store: view(row),
    })
}

/// How many products stand on a shelf, by category and maker.
async fn groups(
    db: &impl ConnectionTrait,
    store: StoreId,
) -> Result<Vec<(Category, StoreId, i64)>> {
    let rows = shown::listings()
        .filter(listing::Column::StoreId.eq(store))
        .select_only()
        .column(product::Column::Category)
        .column(product::Column::StoreId)
        .column_as(listing::Column::Id.count(), "products")
        .group_by(product::Column::Category)
        .group_by(product::Column::StoreId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// The stores that have put something on their shelf, most products first.
///
/// # Errors
/// [`Error::Database`]; [`Error::Busy`].
pub async fn all(market: &Market, request: PageRequest) -> Result<Page<StoreCard>> {
    let _turn = market.turn().await?;
    let total = shelves().count(market.slow_reader()).await?;
    let rows = most_stocked(market, request.offset(PAGE), PAGE).await?;
    Ok(Page::new(rows, request, PAGE, total))
}

/// Some of the stores that have put something on their shelf, most products first. They are ranked by what stands
/// on their shelves, which an index knows for all of them; what can be seen of it is looked up for those asked for.
pub(crate) async fn most_stocked(
    market: &Market,
    offset: u64,
    limit: u64,
) -> Result<Vec<StoreCard>> {
    market.shows([Topic::Market]);
    let db = market.slow_reader();
    let ids: Vec<StoreId> = shelves()
        .order_by_desc(listing::Column::Id.count())
        .order_by_asc(listing::Column::StoreId)
        .offset(offset)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let seen: Vec<(StoreId, i64)> = shown::listings()
        .select_only()
        .column(listing::Column::StoreId)
        .column_as(listing::Column::Id.count(), "products")
        .filter(listing::Column::StoreId.is_in(ids.iter().copied()))
        .group_by(listing::Column::StoreId)
        .into_tuple()
        .all(db)
        .await?;
    let seen: HashMap<StoreId, i64> = seen.into_iter().collect();
    let mut rows = by_ids(db, ids.iter().copied()).await?;
    let mut names = names_of(&rows);
    let mut pictures = shelf_pictures(db, &ids).await?;
    let card = |id: &StoreId| {
        let row = rows.remove(id)?;
        Some(StoreCard {
            slug: row.slug,
            name: names.remove(id).unwrap_or(row.name),
            tagline: row.tagline,
            accent: row.accent,
            products: seen.get(id).copied().unwrap_or_default(),
            pictures: pictures.remove(id).unwrap_or_default(),
        })
    };
    let mut cards: Vec<StoreCard> = ids.iter().filter_map(card).collect();
    // Not all that stands on a shelf can be seen.
    cards.sort_by_key(|card| Reverse(card.products));
    Ok(cards)
}

/// The stores that have put something on their shelf.
fn shelves() -> Select<listing::Entity> {
    listing::Entity::find()
        .select_only()
        .column(listing::Column::StoreId)
        .filter(listing::Column::RemovedAt.is_null())
        .filter(listing::Column::StoreId.not_in_subquery(shown::closed_stores()))
        .group_by(listing::Column::StoreId)
}

/// A few pictures from each shelf: the store's own products before others', the latest first.
async fn shelf_pictures(
    db: &impl ConnectionTrait,
    stores: &[StoreId],
) -> Result<HashMap<StoreId, Vec<Picture>>> {
    let own = product::Column::StoreId
        .into_expr()
        .eq(listing::Column::StoreId.into_expr());
    let place = WindowStatement::partition_by(listing::Column::StoreId.as_column_ref())
        .order_by_expr(own, Order::Desc)
        .order_by_expr(listing::Column::AddedAt.into_expr(), Order::Desc)
        .order_by_expr(listing::Column::Id.into_expr(), Order::Desc)
        .to_owned();
    let mut placed = shown::listings()
        .select_only()
        .column(listing::Column::StoreId)
        .column(listing::Column::ProductId)
        .filter(listing::Column::StoreId.is_in(stores.iter().copied()))
        .filter(picture::has_one());
    QueryTrait::query(&mut placed).expr_window_as(Func::cust("ROW_NUMBER"), place, "place");
    let first = Query::select()
        .columns(["store_id", "product_id"])
        .from_subquery(placed.into_query(), "placed")
        .and_where(Expr::col("place").lte(PICTURES))
        .order_by(Alias::new("store_id"), Order::Asc)
        .order_by(Alias::new("place"), Order::Asc)
        .to_owned();
    let mut found: Vec<(StoreId, ProductId)> = Vec::new();
    for row in db.query_all(&first).await? {
        found.push(row.try_get_many("", &["store_id".to_owned(), "product_id".to_owned()])?);
    }
    let pictures = products::cover_pictures(db, found.iter().map(|(_, product)| *product)).await?;
    let mut shelves: HashMap<StoreId, Vec<Picture>> = HashMap::new();
    for (store, product) in found {
        shelves
            .entry(store)
            .or_default()
            .extend(pictures.get(&product).cloned());
    }
    Ok(shelves)
}
