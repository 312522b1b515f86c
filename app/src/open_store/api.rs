use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{OpeningFacts, StoreForm};

/// What somebody should know before she opens a store.
#[server(protocol = Reading)]
pub async fn read_opening() -> AppResult<OpeningFacts> {
    let market = crate::server::market()?;
    let settings = market.settings();
    Ok(OpeningFacts {
        address: format!("{}/s/", settings.public_url),
        grant: settings.welcome_grant,
    })
}

/// Opens a store; `next` is where its owner was on her way to.
#[server]
pub async fn open_store(form: StoreForm, #[server(default)] next: String) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let asking = viewer().await?;
    let market = market()?;
    market::store::open(
        &market,
        asking.account()?,
        form.validate(market.info().currency)?,
    )
    .await?;
    let (grant, token) = (market.settings().welcome_grant.show(), market.info().token);
    let welcome = format!("Your store is open. {grant} {token} are in your wallet to begin with.");
    let next = crate::done::own_path(Some(&next), crate::paths::DASHBOARD);
    Ok(Done::go(next).and_say(welcome))
}
