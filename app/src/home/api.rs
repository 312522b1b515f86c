use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{Category, ProductCard, StoreCard};
use serde::{Deserialize, Serialize};

/// What the front page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The latest products.
    pub newest: Vec<ProductCard>,
    /// A few more, for the shelf at the top.
    pub window: Vec<ProductCard>,
    /// The marketplace's categories and how many products each holds.
    pub categories: Vec<(Category, i64)>,
    /// The stores with most on their shelf.
    pub stores: Vec<StoreCard>,
}

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
        categories: found.categories,
        stores,
    })
}
