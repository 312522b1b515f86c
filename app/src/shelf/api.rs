use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{Page, PageRequest, ShelfRow};

/// Other makers' products on the owner's shelf.
#[server(protocol = Reading)]
pub async fn read_shelf(page: PageRequest) -> AppResult<Page<ShelfRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::listing::shelf(&market()?, owner, page).await?)
}
