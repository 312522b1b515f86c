use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::OverviewFacts;

/// The dashboard's first page.
#[server(protocol = Reading)]
pub async fn read_overview() -> AppResult<OverviewFacts> {
    use crate::server::{market, viewer};
    const RECENT: usize = 5;
    let owner = viewer().await?.store_owner()?;
    let figures = market::store::overview(&market()?, owner).await?;
    let mut recent = market::order::sales(&market()?, owner, None, model::PageRequest::FIRST)
        .await?
        .rows;
    recent.truncate(RECENT);
    Ok(OverviewFacts { figures, recent })
}
