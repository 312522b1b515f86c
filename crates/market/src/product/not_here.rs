//! An address that once led to a product says what became of it, for as long as links to it lie in carts, orders and
//! other people's pages.

use super::{card, page};
use crate::entity::listing;
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{NotHere, ProductAt, ProductState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// What a product's address on a store's shelf leads to: the product, or what became of it there.
///
/// # Errors
/// [`Error::NotFound`] for what never stood there, or that nobody but its maker has seen.
pub async fn at(
    market: &Market,
    store_slug: &str,
    product_slug: &str,
    viewer: Option<Owner>,
) -> Result<ProductAt> {
    match page(market, store_slug, product_slug, viewer).await {
        Ok(page) => Ok(ProductAt::Here(Box::new(page))),
        Err(Error::NotFound(_)) => {
            let gone = not_here(market, store_slug, product_slug, viewer).await?;
            Ok(ProductAt::NotHere(Box::new(gone)))
        }
        Err(error) => Err(error),
    }
}

async fn not_here(
    market: &Market,
    store_slug: &str,
    product_slug: &str,
    viewer: Option<Owner>,
) -> Result<NotHere> {
    let fresh = market.fresh().await;
    let product = fresh.product_at(product_slug).await?;
    let product = product
        .filter(|product| product.published_at.is_some())
        .ok_or(Error::NotFound("product"))?;
    let shelf = fresh.store_at(store_slug).await?;
    let shelf = shelf.ok_or(Error::NotFound("store"))?;
    market.shows(page::topics(&shelf, &product));
    listing::Entity::find()
        .filter(listing::Column::StoreId.eq(shelf.id))
        .filter(listing::Column::ProductId.eq(product.id))
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("listing"))?;
    let maker = fresh.store(product.maker).await?;
    let is_sold = product.state == ProductState::Published;
    Ok(NotHere {
        store_slug: shelf.slug.clone(),
        store_name: shelf.name.clone(),
        maker_slug: maker.slug.clone(),
        maker_name: maker.name.clone(),
        card: if is_sold {
            Some(card(market, product.id, viewer).await?)
        } else {
            None
        },
    })
}
