use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use model::{ListingId, ProductId};

/// Puts another maker's product on the viewer's own shelf.
#[server]
pub async fn add_to_shelf(product: ProductId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::listing::add(&market()?, owner, product).await?;
    Ok(Done::say(
        "It is on your shelf now. Your customers can buy it.",
    ))
}

/// Takes another maker's product off the viewer's own shelf.
#[server]
pub async fn remove_from_shelf(listing: ListingId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::listing::remove(&market()?, owner, listing).await?;
    Ok(Done::say("It is off your shelf."))
}
