use crate::entity::{store, variant};
use crate::fresh::{Face, Fresh, Standing};
use crate::listing::listings_of;
use crate::store::Owner;
use crate::{Error, Market, Result, offer, store as stores};
use model::{ListingId, OfferCard, ProductCard, ProductId, ProductState, StoreId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// One product as it shows in a grid, on its maker's shelf.
///
/// # Errors
/// [`Error::NotFound`] for one that is not published, unless the viewer made it.
pub async fn card(market: &Market, id: ProductId, viewer: Option<Owner>) -> Result<ProductCard> {
    let fresh = market.fresh().await;
    let faces = fresh.faces([id]).await?;
    let seen =
        |face: &&Arc<Face>| face.state == ProductState::Published || is_mine(viewer, face.maker);
    faces
        .get(&id)
        .filter(seen)
        .ok_or(Error::NotFound("product"))?;
    let mut cards = cards(fresh, viewer, [id]).await?;
    cards.pop().ok_or(Error::NotFound("product"))
}

/// Cards of products on their makers' shelves, in the order given. The number of queries does not depend on the
/// number of products.
pub(crate) async fn cards(
    fresh: Fresh<'_>,
    viewer: Option<Owner>,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<Vec<ProductCard>> {
    let at_their_makers = products.into_iter().map(|product| (product, None));
    assemble(fresh, viewer, at_their_makers.collect()).await
}

/// Cards of products on the shelves their listings stand on, one for each listing, in the order given.
pub(crate) async fn listed_cards(
    fresh: Fresh<'_>,
    viewer: Option<Owner>,
    listings: impl IntoIterator<Item = Standing>,
) -> Result<Vec<ProductCard>> {
    let listed = listings.into_iter().map(|at| (at.product, Some(at)));
    assemble(fresh, viewer, listed.collect()).await
}

/// Whether the viewer's store makes it.
pub(super) fn is_mine(viewer: Option<Owner>, maker: StoreId) -> bool {
    viewer.is_some_and(|viewer| viewer.store() == maker)
}

/// The variants that can be bought, by product, in the maker's order.
pub(crate) async fn variants_of(
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

/// Everything that the cards of some products are made from.
struct Parts {
    faces: HashMap<ProductId, Arc<Face>>,
    stores: HashMap<StoreId, Arc<store::Model>>,
    /// What each is called among the others.
    names: HashMap<StoreId, String>,
    offers: HashMap<ProductId, OfferCard>,
    /// The viewer's own.
    listings: HashMap<(StoreId, ProductId), ListingId>,
}

async fn assemble(
    fresh: Fresh<'_>,
    viewer: Option<Owner>,
    shown: Vec<(ProductId, Option<Standing>)>,
) -> Result<Vec<ProductCard>> {
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ProductId> = shown.iter().map(|(product, _)| *product).collect();
    let faces = fresh.faces(ids.iter().copied()).await?;
    let makers = faces.values().map(|face| face.maker);
    let shelves = shown.iter().filter_map(|(_, at)| at.map(|at| at.store));
    let all: BTreeSet<StoreId> = makers.chain(shelves).collect();
    let stores = fresh.stores(all).await?;
    let (offers, listings) = match viewer {
        None => Default::default(),
        Some(viewer) => {
            let db = fresh.market().reader();
            let listings = listings_of(db, &ids, [viewer.store()]).await?;
            (offers_of(db, &ids).await?, listings)
        }
    };
    let parts = Parts {
        names: stores::names_of(stores.values().map(Arc::as_ref)),
        faces,
        stores,
        offers,
        listings,
    };
    shown
        .into_iter()
        .map(|(product, at)| parts.card(viewer, product, at))
        .collect()
}

impl Parts {
    fn card(
        &self,
        viewer: Option<Owner>,
        id: ProductId,
        at: Option<Standing>,
    ) -> Result<ProductCard> {
        let face = self.faces.get(&id);
        let face = face.ok_or_else(|| Error::Broken(format!("there is no product {id}")))?;
        let maker = self.store(face.maker)?;
        let shelf = at.map_or(Ok(maker), |at| self.store(at.store))?;
        let listing = at.map(|at| at.listing).or(face.at_its_makers);
        let mine = is_mine(viewer, maker.id);
        let (price_from, price_to) = face.prices;
        Ok(ProductCard {
            product: id,
            listing: listing.filter(|_| face.state == ProductState::Published),
            store_slug: shelf.slug.clone(),
            maker_slug: maker.slug.clone(),
            maker_name: self.names.get(&maker.id).cloned().unwrap_or_default(),
            category: face.category,
            price_from,
            price_to,
            picture: face.picture.clone(),
            sold_out: face.is_sold_out,
            offer: offer_for(viewer, mine, self.offers.get(&id).cloned()),
            on_my_shelf: viewer
                .is_some_and(|viewer| self.listings.contains_key(&(viewer.store(), id))),
            mine,
            slug: face.slug.clone(),
            title: face.title.clone(),
        })
    }

    fn store(&self, id: StoreId) -> Result<&store::Model> {
        let row = self.stores.get(&id).map(Arc::as_ref);
        row.ok_or_else(|| Error::Broken(format!("there is no store {id}")))
    }
}
