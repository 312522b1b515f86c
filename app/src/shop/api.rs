use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{Category, Page, PageRequest, StoreCard, StorePage};

/// The stores with something on their shelf.
#[server(protocol = Reading)]
pub async fn read_stores(page: PageRequest) -> AppResult<Page<StoreCard>> {
    Ok(market::store::all(&crate::server::market()?, page).await?)
}

/// A store's front: itself, and what stands on its shelf.
#[server(protocol = Reading)]
pub async fn read_store(
    slug: String,
    category: Option<Category>,
    page: PageRequest,
) -> AppResult<StorePage> {
    use crate::server::{market, viewer};
    Ok(market::store::page(&market()?, &slug, category, page, viewer().await?.owner()).await?)
}
