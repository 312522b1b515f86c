//! An address that once led to a product says what became of it, for as long as links to it lie in carts, orders and
//! other people's pages.

use super::{card, page};
use crate::entity::{listing, product, store};
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
    let db = market.reader();
    let product = product::Entity::find()
        .filter(product::Column::Slug.eq(product_slug))
        .filter(product::Column::PublishedAt.is_not_null())
        .one(db)
        .await?
        .ok_or(Error::NotFound("product"))?;
    let shelf = store::Entity::find()
        .filter(store::Column::Slug.eq(store_slug))
        .one(db)
        .await?
        .ok_or(Error::NotFound("store"))?;
    market.shows(page::topics(&shelf, &product));
    listing::Entity::find()
        .filter(listing::Column::StoreId.eq(shelf.id))
        .filter(listing::Column::ProductId.eq(product.id))
        .one(db)
        .await?
        .ok_or(Error::NotFound("listing"))?;
    let maker = store::Entity::find_by_id(product.store_id).one(db).await?;
    let maker =
        maker.ok_or_else(|| Error::Broken(format!("product {} has no maker", product.id)))?;
    let is_sold = product.state == ProductState::Published;
    Ok(NotHere {
        store_slug: shelf.slug,
        store_name: shelf.name,
        maker_slug: maker.slug,
        maker_name: maker.name,
        card: if is_sold {
            Some(card(market, product.id, viewer).await?)
        } else {
            None
        },
    })
}
