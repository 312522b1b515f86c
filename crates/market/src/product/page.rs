use super::card::{is_mine, listed_cards, offer_for, offers_of};
use crate::entity::store;
use crate::facts::Fact;
use crate::feed::Topic;
use crate::fresh::{Details, Fresh, Standing};
use crate::listing::listings_of;
use crate::store::Owner;
use crate::{Error, Market, Result, store as stores};
use model::{ProductCard, ProductPage, ProductState};

const MORE: usize = 4;

/// A product on a store's shelf, as a shopper sees it. Its maker sees her draft too, with no listing to buy from.
///
/// # Errors
/// [`Error::NotFound`] when that store does not show it: never listed, taken off, withdrawn, or waiting for an
/// offer (R3, R8).
pub async fn page(
    market: &Market,
    store_slug: &str,
    product_slug: &str,
    viewer: Option<Owner>,
) -> Result<ProductPage> {
    let fresh = market.fresh().await;
    let shelf = fresh.store_at(store_slug).await?;
    let shelf = shelf.ok_or(Error::NotFound("store"))?;
    let product = fresh.product_at(product_slug).await?;
    let product = product.ok_or(Error::NotFound("product"))?;
    market.shows(topics(&shelf, &product));
    let seen = match shelf.closed_at {
        None => fresh.seen_on(shelf.id).await?,
        Some(_) => Vec::new(),
    };
    let listing = seen.iter().find(|(at, _)| at.product == product.id);
    let mine = is_mine(viewer, product.maker);
    let preview = mine && product.maker == shelf.id && product.state == ProductState::Draft;
    if listing.is_none() && !preview {
        return Err(Error::NotFound("product"));
    }

    let (offer, on_my_shelf) = match viewer {
        None => (None, false),
        Some(viewer) => {
            let (db, ids) = (market.reader(), [product.id]);
            let offer = offers_of(db, &ids).await?.remove(&product.id);
            let listings = listings_of(db, &ids, [viewer.store()]).await?;
            (offer, !listings.is_empty())
        }
    };
    let maker = fresh.store(product.maker).await?;
    let names = stores::names_of([&*shelf, &*maker]);
    let called = |row: &store::Model| {
        let mut row = row.clone();
        if let Some(name) = names.get(&row.id) {
            row.name.clone_from(name);
        }
        stores::view(row)
    };
    Ok(ProductPage {
        listing: listing.map(|(at, _)| at.listing),
        sold_out: product.is_sold_out,
        variants: product.variants.clone(),
        pictures: product.pictures.clone(),
        offer: offer_for(viewer, mine, offer),
        on_my_shelf,
        mine,
        more: more(fresh, viewer, &seen, &product).await?,
        store: called(&shelf),
        maker: called(&maker),
        product: product.id,
        slug: product.slug.clone(),
        title: product.title.clone(),
        description: product.description.clone(),
        category: product.category,
    })
}

/// All that is said of a product on a shelf, beside it too.
pub(super) fn topics(shelf: &store::Model, product: &Details) -> [Topic; 4] {
    [
        Topic::Product(product.id),
        Topic::Shelf(shelf.id),
        Topic::Store(shelf.id),
        Topic::Store(product.maker),
    ]
}

/// Other products from the same shelf that can be bought now, the latest first.
async fn more(
    fresh: Fresh<'_>,
    viewer: Option<Owner>,
    seen: &[(Standing, Fact)],
    not: &Details,
) -> Result<Vec<ProductCard>> {
    let others = seen
        .iter()
        .filter(|(at, fact)| at.product != not.id && fact.is_in_stock)
        .map(|(at, _)| *at);
    listed_cards(fresh, viewer, others.take(MORE)).await
}
