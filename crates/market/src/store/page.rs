use super::{Owner, names_of, view};
use crate::entity::{listing, store};
use crate::facts::Fact;
use crate::feed::Topic;
use crate::fresh::{Fresh, Standing};
use crate::listing::shown;
use crate::{Error, Market, Result, product as products};
use model::{Category, Page, PageRequest, ProductId, StoreCard, StoreId, StorePage};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

const PAGE: u64 = 24;

/// Pictures on a store's card.
const PICTURES: usize = 3;

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
    let fresh = market.fresh().await;
    let row = fresh.store_at(slug).await?;
    let row = row.filter(|row| row.closed_at.is_none());
    let row = row.ok_or(Error::NotFound("store"))?;
    market.shows([Topic::Shelf(row.id), Topic::Store(row.id)]);
    let seen = fresh.seen_on(row.id).await?;
    let of_category =
        |(_, fact): &&(Standing, Fact)| category.is_none_or(|only| only == fact.category);
    let total = seen.iter().filter(of_category).count();
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    let request = request.within(PAGE, total);
    let listings = stretch(
        seen.iter().filter(of_category).map(|(at, _)| *at),
        request.offset(PAGE),
        PAGE,
    );
    let cards = products::listed_cards(fresh, viewer, listings).await?;
    let own = seen.iter().filter(|(_, fact)| fact.maker == row.id).count();
    let makers: BTreeSet<StoreId> = seen
        .iter()
        .map(|(_, fact)| fact.maker)
        .filter(|maker| *maker != row.id)
        .collect();
    let categories: BTreeSet<Category> = seen.iter().map(|(_, fact)| fact.category).collect();
    Ok(StorePage {
        shelf: Page::new(cards, request, PAGE, total),
        own_products: i64::try_from(own).unwrap_or(i64::MAX),
        makers_carried: i64::try_from(makers.len()).unwrap_or(i64::MAX),
        categories: categories.into_iter().collect(),
        store: view(store::Model::clone(&row)),
    })
}

fn stretch<T>(all: impl Iterator<Item = T>, offset: u64, limit: u64) -> Vec<T> {
    let [offset, limit] = [offset, limit].map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
    all.skip(offset).take(limit).collect()
}

/// The stores that have put something on their shelf, most products first.
///
/// # Errors
/// [`Error::Database`]; [`Error::Busy`].
pub async fn all(market: &Market, request: PageRequest) -> Result<Page<StoreCard>> {
    let fresh = market.fresh().await;
    let (mut ids, total) = ranked(fresh, request.offset(PAGE), PAGE).await?;
    let last = request.within(PAGE, total);
    if last != request {
        (ids, _) = ranked(fresh, last.offset(PAGE), PAGE).await?;
    }
    Ok(Page::new(cards(fresh, ids).await?, last, PAGE, total))
}

/// The stores with most on their shelves.
pub(crate) async fn most_stocked(fresh: Fresh<'_>, limit: u64) -> Result<Vec<StoreCard>> {
    let (ids, _) = ranked(fresh, 0, limit).await?;
    cards(fresh, ids).await
}

/// Some of the stores that have put something on their shelf, and how many there are. They are ranked by what stands on
/// their shelves, seen or not.
async fn ranked(fresh: Fresh<'_>, offset: u64, limit: u64) -> Result<(Vec<StoreId>, u64)> {
    let market = fresh.market();
    market.shows([Topic::Market]);
    if let Some(all) = fresh.all() {
        let total = u64::try_from(all.shelves()).unwrap_or(u64::MAX);
        return Ok((stretch(all.most_stocked(), offset, limit), total));
    }
    let _turn = market.turn().await?;
    let db = market.slow_reader();
    if shown::is_large(db).await? {
        market.shows_for_once();
        return unranked(db, offset, limit).await;
    }
    let ids = shown::shelves()
        .order_by_desc(listing::Column::Id.count())
        .order_by_asc(listing::Column::StoreId)
        .offset(offset)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok((ids, shown::shelves().count(db).await?))
}

/// The newest stores, and how many there are at least.
async fn unranked(
    db: &impl ConnectionTrait,
    offset: u64,
    limit: u64,
) -> Result<(Vec<StoreId>, u64)> {
    let ids = shown::shelves()
        .order_by_desc(listing::Column::StoreId)
        .offset(offset)
        .limit(limit + 1)
        .into_tuple()
        .all(db)
        .await?;
    Ok(shown::uncounted(ids, offset, limit))
}

/// The cards of some stores, those first that show most.
async fn cards(fresh: Fresh<'_>, ids: Vec<StoreId>) -> Result<Vec<StoreCard>> {
    let rows = fresh.stores(ids.iter().copied()).await?;
    let mut names = names_of(rows.values().map(Arc::as_ref));
    let mut shelves = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(row) = rows.get(&id) {
            let seen = fresh.seen_on(id).await?;
            let pictured = pictured(&seen, id);
            shelves.push((row, i64::try_from(seen.len()).unwrap_or(i64::MAX), pictured));
        }
    }
    let pictured = shelves
        .iter()
        .flat_map(|(.., pictured)| pictured.iter().copied());
    let faces = fresh.faces(pictured).await?;
    let card = |(row, products, pictured): (&Arc<store::Model>, i64, Vec<ProductId>)| StoreCard {
        slug: row.slug.clone(),
        name: names.remove(&row.id).unwrap_or_default(),
        tagline: row.tagline.clone(),
        accent: row.accent,
        products,
        pictures: pictured
            .iter()
            .filter_map(|product| faces.get(product)?.picture.clone())
            .collect(),
    };
    let mut cards: Vec<StoreCard> = shelves.into_iter().map(card).collect();
    // Not all that stands on a shelf can be seen.
    cards.sort_by_key(|card| Reverse(card.products));
    Ok(cards)
}

/// A few products with pictures: the store's own before others', the latest first.
fn pictured(seen: &[(Standing, Fact)], store: StoreId) -> Vec<ProductId> {
    let with_pictures = |own: bool| {
        seen.iter()
            .filter(move |(_, fact)| fact.has_picture && (fact.maker == store) == own)
            .map(|(at, _)| at.product)
    };
    with_pictures(true)
        .chain(with_pictures(false))
        .take(PICTURES)
        .collect()
}
