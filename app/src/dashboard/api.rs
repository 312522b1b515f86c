use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{Overview, SaleRow};
use serde::{Deserialize, Serialize};

/// The overview's figures and its latest sales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewFacts {
    /// The figures.
    pub figures: Overview,
    /// The latest sales, at most [`RECENT`].
    pub recent: Vec<SaleRow>,
}

/// How many sales the overview shows.
pub const RECENT: usize = 5;

/// The dashboard's first page.
#[server(protocol = Reading)]
pub async fn read_overview() -> AppResult<OverviewFacts> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let figures = market::store::overview(&market()?, owner).await?;
    let mut recent = market::order::sales(&market()?, owner, None, model::PageRequest::FIRST)
        .await?
        .rows;
    recent.truncate(RECENT);
    Ok(OverviewFacts { figures, recent })
}
