use crate::done::Done;
use crate::error::AppResult;
use leptos::prelude::*;
use model::{ListingId, Page, PageRequest, ShelfRow};

/// Other makers' products on the owner's shelf.
#[server(input = leptos::server_fn::codec::GetUrl)]
pub async fn read_shelf(page: PageRequest) -> AppResult<Page<ShelfRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::listing::shelf(&market()?, owner, page).await?)
}

/// Takes another maker's product off the owner's shelf.
#[server]
pub async fn take_off_shelf(listing: ListingId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::listing::remove(&market()?, owner, listing).await?;
    Ok(Done::say("Taken off your shelf."))
}
