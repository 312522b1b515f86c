use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{StoreForm, StoreView};

/// The owner's own store.
#[server(protocol = Reading)]
pub async fn read_own_store() -> AppResult<StoreView> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::store::settings(&market()?, owner).await?)
}

/// Changes what the form has shown, but for the web address.
#[server]
pub async fn save_store(form: StoreForm, #[server(default)] shown: StoreForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let change = form.changes(&shown, market.info().currency)?;
    market::store::update(&market, owner, change).await?;
    Ok(Done::say("Saved."))
}
