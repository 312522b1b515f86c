use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::HomeView;

/// What the front page shows.
#[server(protocol = Reading)]
pub async fn read_home() -> AppResult<HomeView> {
    use crate::server::{market, viewer};
    const NEWEST: usize = 8;
    const STORES: u64 = 6;
    let (market, owner) = (market()?, viewer().await?.owner());
    let found =
        market::search::marketplace(&market, owner, model::MarketFilters::default()).await?;
    let stores = market::search::featured_stores(&market, STORES).await?;
    let mut newest = found.products.rows;
    let window = newest.split_off(newest.len().min(NEWEST));
    Ok(HomeView {
        newest,
        window,
        categories: found.facets.categories,
        stores,
    })
}
