use super::card::{is_mine, listed_cards, offer_for, offers_of, variants_of};
use crate::entity::{listing, product, store, variant};
use crate::feed::Topic;
use crate::listing::shown;
use crate::store::Owner;
use crate::{Error, Market, Result, picture, store as stores};
use model::{
    ListingId, ProductCard, ProductId, ProductPage, ProductState, StoreId, VariantView, limits,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

const MORE: u64 = 4;

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
    let db = market.reader();
    let shelf = store::Entity::find()
        .filter(store::Column::Slug.eq(store_slug))
        .one(db)
        .await?;
    let shelf = shelf.ok_or(Error::NotFound("store"))?;
    let product = product::Entity::find()
        .filter(product::Column::Slug.eq(product_slug))
        .one(db)
        .await?;
    let product = product.ok_or(Error::NotFound("product"))?;
    market.shows(topics(&shelf, &product));
    let listing = shown_listing(db, shelf.id, product.id).await?;
    let mine = is_mine(viewer, &product);
    let preview = mine && product.store_id == shelf.id && product.state == ProductState::Draft;
    if listing.is_none() && !preview {
        return Err(Error::NotFound("product"));
    }

    let ids = [product.id];
    let variants = variants_of(db, &ids)
        .await?
        .remove(&product.id)
        .unwrap_or_default();
    let offer = if viewer.is_some() {
        offers_of(db, &ids).await?.remove(&product.id)
    } else {
        None
    };
    let maker = if product.store_id == shelf.id {
        shelf.clone()
    } else {
        let maker = store::Entity::find_by_id(product.store_id).one(db).await?;
        maker.ok_or_else(|| Error::Broken(format!("product {} has no maker", product.id)))?
    };
    let names = stores::told_apart(
        [&shelf, &maker].map(|row| (row.id, row.name.as_str(), row.slug.as_str())),
    );
    let called = |mut row: store::Model| {
        if let Some(name) = names.get(&row.id) {
            row.name.clone_from(name);
        }
        stores::view(row)
    };
    Ok(ProductPage {
        listing,
        sold_out: variants.iter().all(|variant| variant.available() <= 0),
        variants: variants.into_iter().map(variant_view).collect(),
        pictures: picture::all_of(db, product.id).await?,
        offer: offer_for(viewer, mine, offer),
        on_my_shelf: on_shelf_of(db, viewer, product.id).await?,
        mine,
        more: more(market, viewer, shelf.id, product.id).await?,
        store: called(shelf),
        maker: called(maker),
        product: product.id,
        slug: product.slug,
        title: product.title,
        description: product.description,
        category: product.category,
    })
}

/// All that is said of a product on a shelf, beside it too.
pub(super) fn topics(shelf: &store::Model, product: &product::Model) -> [Topic; 4] {
    [
        Topic::Product(product.id),
        Topic::Shelf(shelf.id),
        Topic::Store(shelf.id),
        Topic::Store(product.store_id),
    ]
}

async fn shown_listing(
    db: &impl ConnectionTrait,
    store: StoreId,
    product: ProductId,
) -> Result<Option<ListingId>> {
    let find = shown::listings()
        .filter(listing::Column::StoreId.eq(store))
        .filter(listing::Column::ProductId.eq(product));
    Ok(find.one(db).await?.map(|row| row.id))
}

async fn on_shelf_of(
    db: &impl ConnectionTrait,
    viewer: Option<Owner>,
    product: ProductId,
) -> Result<bool> {
    let Some(viewer) = viewer else {
        return Ok(false);
    };
    let find = listing::Entity::find()
        .filter(listing::Column::StoreId.eq(viewer.store()))
        .filter(listing::Column::ProductId.eq(product))
        .filter(listing::Column::RemovedAt.is_null());
    Ok(find.one(db).await?.is_some())
}

/// Other products from the same shelf that can be bought now, the latest first.
async fn more(
    market: &Market,
    viewer: Option<Owner>,
    store: StoreId,
    not: ProductId,
) -> Result<Vec<ProductCard>> {
    let listings = shown::listings()
        .filter(listing::Column::StoreId.eq(store))
        .filter(listing::Column::ProductId.ne(not))
        .filter(shown::in_stock())
        .order_by_desc(listing::Column::AddedAt)
        .order_by_desc(listing::Column::Id)
        .limit(MORE)
        .all(market.reader())
        .await?;
    listed_cards(market, viewer, listings).await
}

fn variant_view(row: variant::Model) -> VariantView {
    VariantView {
        // What sells out of plenty changes no page.
        available: row.available().min(limits::CART_UNITS),
        id: row.id,
        name: row.name,
        sku: row.sku,
        price: row.price,
    }
}
