use crate::error::AppResult;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::ProductPage;

/// A product on a store's shelf; with its offer for store owners only (R10).
#[server(input = GetUrl)]
pub async fn read_product(store: String, product: String) -> AppResult<ProductPage> {
    use crate::server::{market, viewer};
    Ok(market::product::page(&market()?, &store, &product, viewer().await?.owner()).await?)
}
