use crate::error::AppResult;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{MarketFilters, MarketPage};

/// One page of the marketplace; with rewards for store owners only (R10).
#[server(input = GetUrl)]
pub async fn read_marketplace(filters: MarketFilters) -> AppResult<MarketPage> {
    use crate::server::{market, viewer};
    Ok(market::search::marketplace(&market()?, viewer().await?.owner(), filters).await?)
}
