use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{MarketFilters, MarketPage};

/// One page of the marketplace; with rewards for store owners only (R10).
#[server(protocol = Reading)]
pub async fn read_marketplace(filters: MarketFilters) -> AppResult<MarketPage> {
    use crate::server::{market, viewer};
    Ok(market::search::marketplace(&market()?, viewer().await?.owner(), filters).await?)
}
