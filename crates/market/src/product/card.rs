use crate::entity::{listing, product, store, variant};
use crate::store::Owner;
use crate::{Error, Market, Result, offer, store as stores};
use model::{ListingId, Money, OfferCard, Picture, ProductCard, ProductId, ProductState, StoreId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashMap};

/// One product as it shows in a grid, on its maker's shelf.
///
/// # Errors
/// [`Error::NotFound`] for one that is not published, unless the viewer made it.
pub async fn card(market: &Market, id: ProductId, viewer: Option<Owner>) -> Result<ProductCard> {
    let row = product::Entity::find_by_id(id).one(market.reader()).await?;
    let row = row.filter(|row| row.state == ProductState::Published || is_mine(viewer, row));
    let row = row.ok_or(Error::NotFound("product"))?;
    cards(market, viewer, vec![row])
        .await?
        .pop()
        .ok_or(Error::NotFound("product"))
}

/// Cards of products on their makers' shelves, in the order given. The number of queries does not depend on the
/// number of products.
pub(crate) async fn cards(
    market: &Market,
    viewer: Option<Owner>,
    products: Vec<product::Model>,
) -> Result<Vec<ProductCard>> {
    assemble(
        market.reader(),
        viewer,
        products
            .into_iter()
            .map(|product| (product, None))
            .collect(),
    )
    .await
}

/// Cards of products on the shelves their listings stand on, one for each listing, in the order given.
pub(crate) async fn listed_cards(
    market: &Market,
    viewer: Option<Owner>,
    listings: Vec<listing::Model>,
) -> Result<Vec<ProductCard>> {
    let db = market.reader();
    let ids = listings.iter().map(|row| row.product_id);
    let products = product::Entity::find()
        .filter(product::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let products: HashMap<ProductId, product::Model> =
        products.into_iter().map(|row| (row.id, row)).collect();
    let with_product = |listing: listing::Model| {
        let product = products.get(&listing.product_id).cloned();
        let product = product
            .ok_or_else(|| Error::Broken(format!("listing {} has no product", listing.id)))?;
        Ok((product, Some(listing)))
    };
    assemble(
        db,
        viewer,
        listings
            .into_iter()
            .map(with_product)
            .collect::<Result<_>>()?,
    )
    .await
}

/// Whether the viewer's store makes this product.
pub(super) fn is_mine(viewer: Option<Owner>, product: &product::Model) -> bool {
    viewer.is_some_and(|viewer| viewer.store() == product.store_id)
}

/// The variants that can be bought, by product, in the maker's order.
pub(super) async fn variants_of(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Vec<variant::Model>>> {
    let rows = variant::Entity::find()
        .filter(variant::Column::ProductId.is_in(ids.iter().copied()))
        .filter(variant::Column::Retired.eq(false))
        .order_by_asc(variant::Column::Position)
        .order_by_asc(variant::Column::Id)
        .all(db)
        .await?;
    let mut variants: HashMap<ProductId, Vec<variant::Model>> = HashMap::new();
    for row in rows {
        variants.entry(row.product_id).or_default().push(row);
    }
    Ok(variants)
}

/// The open offers, by product.
pub(super) async fn offers_of(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, OfferCard>> {
    let rows = offer::open_on(ids).all(db).await?;
    let view = |row: crate::entity::offer::Model| {
        (
            row.product_id,
            OfferCard {
                id: row.id,
                rate: row.rate,
                open_units: row.open_units,
            },
        )
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The offer as this viewer may see it: shoppers see none (R10), other stores one they can still sell under.
pub(super) fn offer_for(
    viewer: Option<Owner>,
    mine: bool,
    offer: Option<OfferCard>,
) -> Option<OfferCard> {
    offer.filter(|offer| viewer.is_some() && (mine || offer.open_units > 0))
}

/// The lowest and the highest price of what can be bought now; of a product that is sold out, of all it comes in.
fn prices(variants: &[variant::Model]) -> (Money, Money) {
    let sold_out = variants.iter().all(|variant| variant.available() <= 0);
    let prices = || {
        let shown = variants
            .iter()
            .filter(|variant| sold_out || variant.available() > 0);
        shown.map(|variant| variant.price)
    };
    (
        prices().min().unwrap_or_default(),
        prices().max().unwrap_or_default(),
    )
}

/// Everything that the cards of some products are made from.
struct Parts {
    stores: HashMap<StoreId, store::Model>,
    /// What each is called among the others.
    names: HashMap<StoreId, String>,
    variants: HashMap<ProductId, Vec<variant::Model>>,
    pictures: HashMap<ProductId, Picture>,
    offers: HashMap<ProductId, OfferCard>,
    /// The makers' own listings and the viewer's.
    listings: HashMap<(StoreId, ProductId), ListingId>,
}

async fn assemble(
    db: &impl ConnectionTrait,
    viewer: Option<Owner>,
    shown: Vec<(product::Model, Option<listing::Model>)>,
) -> Result<Vec<ProductCard>> {
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ProductId> = shown.iter().map(|(product, _)| product.id).collect();
    let makers: BTreeSet<StoreId> = shown.iter().map(|(product, _)| product.store_id).collect();
    let shelves: BTreeSet<StoreId> = shown
        .iter()
        .filter_map(|(_, at)| at.as_ref())
        .map(|at| at.store_id)
        .collect();
    let stores = stores::by_ids(db, makers.union(&shelves).copied()).await?;
    let parts = Parts {
        names: stores::names_of(&stores),
        stores,
        variants: variants_of(db, &ids).await?,
        pictures: super::cover_pictures(db, ids.iter().copied()).await?,
        offers: if viewer.is_some() {
            offers_of(db, &ids).await?
        } else {
            HashMap::new()
        },
        listings: listings_of(db, &ids, &makers, viewer).await?,
    };
    shown
        .into_iter()
        .map(|(product, at)| parts.card(viewer, product, at))
        .collect()
}

async fn listings_of(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
    makers: &BTreeSet<StoreId>,
    viewer: Option<Owner>,
) -> Result<HashMap<(StoreId, ProductId), ListingId>> {
    let stores = makers.iter().copied().chain(viewer.map(Owner::store));
    let asked = Condition::all()
        .add(listing::Column::ProductId.is_in(ids.iter().copied()))
        .add(listing::Column::StoreId.is_in(stores))
        .add(listing::Column::RemovedAt.is_null());
    let rows = listing::Entity::find().filter(asked).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.store_id, row.product_id), row.id))
        .collect())
}

impl Parts {
    fn card(
        &self,
        viewer: Option<Owner>,
        product: product::Model,
        at: Option<listing::Model>,
    ) -> Result<ProductCard> {
        let maker = self.store(product.store_id)?;
        let shelf = at
            .as_ref()
            .map_or(Ok(maker), |at| self.store(at.store_id))?;
        let listing = match at {
            Some(at) => Some(at.id),
            None => self.listings.get(&(maker.id, product.id)).copied(),
        };
        let variants = self
            .variants
            .get(&product.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (price_from, price_to) = prices(variants);
        let mine = is_mine(viewer, &product);
        Ok(ProductCard {
            product: product.id,
            listing: listing.filter(|_| product.state == ProductState::Published),
            store_slug: shelf.slug.clone(),
            maker_slug: maker.slug.clone(),
            maker_name: self.names.get(&maker.id).cloned().unwrap_or_default(),
            category: product.category,
            price_from,
            price_to,
            picture: self.pictures.get(&product.id).cloned(),
            sold_out: variants.iter().all(|variant| variant.available() <= 0),
            offer: offer_for(viewer, mine, self.offers.get(&product.id).cloned()),
            on_my_shelf: viewer
                .is_some_and(|viewer| self.listings.contains_key(&(viewer.store(), product.id))),
            mine,
            slug: product.slug,
            title: product.title,
        })
    }

    fn store(&self, id: StoreId) -> Result<&store::Model> {
        self.stores
            .get(&id)
            .ok_or_else(|| Error::Broken(format!("there is no store {id}")))
    }
}
