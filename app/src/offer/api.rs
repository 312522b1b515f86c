use crate::done::Done;
use crate::error::AppResult;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{OfferDesk, OfferForm, OfferId, OfferRow, Page, PageRequest, ProductId};
use serde::{Deserialize, Serialize};

/// An offer and what its maker can do with it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferFacts {
    /// The offer.
    pub offer: OfferRow,
    /// Her wallet and stock.
    pub desk: OfferDesk,
}

/// The maker's offers.
#[server(input = GetUrl)]
pub async fn read_offers(page: PageRequest) -> AppResult<Page<OfferRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::offer::mine(&market()?, owner, page).await?)
}

/// One of the maker's offers.
#[server(input = GetUrl)]
pub async fn read_offer(offer: OfferId) -> AppResult<OfferFacts> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let offer = market::offer::one(&market()?, owner, offer).await?;
    let desk = market::offer::desk(&market()?, owner, offer.product).await?;
    Ok(OfferFacts { offer, desk })
}

/// What is needed to open an offer on a product.
#[server(input = GetUrl)]
pub async fn read_desk(product: ProductId) -> AppResult<OfferDesk> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::offer::desk(&market()?, owner, product).await?)
}

/// Opens an offer. `seen` is the cost the maker has seen; any other cost is shown to her first. The same page's form
/// sent twice opens one.
#[server]
pub async fn open_offer(
    product: ProductId,
    form: OfferForm,
    #[server(default)] seen: String,
    #[server(default)] once: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let terms = form.validate()?;
    if !cost_was_seen(terms, &seen) {
        return Ok(Done::go(crate::paths::offer_quote(
            &crate::paths::offer_on(product),
            &form.rate,
            &form.units,
        )));
    }
    let sending = market::once::Sending::under(&once);
    market::offer::open_once(&market()?, owner, product, terms, sending).await?;
    Ok(Done::go(crate::paths::DASHBOARD_OFFERS)
        .and_say("Your offer is open. Other stores can carry the product now."))
}

/// Changes an offer; `seen` as for opening one.
#[server]
pub async fn change_offer(
    offer: OfferId,
    form: OfferForm,
    #[server(default)] seen: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let terms = form.validate()?;
    if !cost_was_seen(terms, &seen) {
        return Ok(Done::go(crate::paths::offer_quote(
            &crate::paths::edit_offer(offer),
            &form.rate,
            &form.units,
        )));
    }
    market::offer::change(&market()?, owner, offer, terms).await?;
    Ok(Done::go(crate::paths::DASHBOARD_OFFERS).and_say("Your offer has changed."))
}

/// Revokes an offer and says what came back.
#[server]
pub async fn revoke_offer(offer: OfferId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let back = market::offer::revoke(&market, owner, offer).await?;
    let token = market.info().token;
    Ok(Done::go(crate::paths::DASHBOARD_OFFERS).and_say(format!(
        "Revoked. {} {token} are back in your wallet.",
        back.show()
    )))
}

/// Whether the terms cost what the page showed.
#[cfg(feature = "ssr")]
fn cost_was_seen(terms: model::OfferTerms, seen: &str) -> bool {
    let cost = terms.rate.times(terms.units).map(model::Tokens::typed);
    cost.is_some_and(|cost| cost == seen)
}
