use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{OfferDesk, OfferFacts, OfferForm, OfferId, OfferRow, Page, PageRequest, ProductId};

/// The maker's offers.
#[server(protocol = Reading)]
pub async fn read_offers(page: PageRequest) -> AppResult<Page<OfferRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::offer::mine(&market()?, owner, page).await?)
}

/// One of the maker's offers.
#[server(protocol = Reading)]
pub async fn read_offer(offer: OfferId) -> AppResult<OfferFacts> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let offer = market::offer::one(&market()?, owner, offer).await?;
    let desk = market::offer::desk(&market()?, owner, offer.product).await?;
    Ok(OfferFacts { offer, desk })
}

/// What is needed to open an offer on a product.
#[server(protocol = Reading)]
pub async fn read_desk(product: ProductId) -> AppResult<OfferDesk> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::offer::desk(&market()?, owner, product).await?)
}

/// Opens an offer. `cost` is what the maker has seen that it costs; any other cost is shown to her first. The same
/// page's form sent twice opens one.
#[server]
pub async fn open_offer(
    product: ProductId,
    form: OfferForm,
    #[server(default)] cost: String,
    #[server(default)] once: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let terms = form.validate()?;
    if !terms.cost(&cost) {
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

/// Changes what the form has shown of an offer; `cost` as for opening one.
#[server]
pub async fn change_offer(
    offer: OfferId,
    form: OfferForm,
    #[server(default)] shown: OfferForm,
    #[server(default)] cost: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    use market::{Error, Refusal};
    let owner = viewer().await?.store_owner()?;
    let change = form.changes(&shown, cost)?;
    match market::offer::change(&market()?, owner, offer, change).await {
        Err(Error::Refused(Refusal::CostNotSeen(terms))) => {
            let terms = terms.typed();
            let page = crate::paths::edit_offer(offer);
            Ok(Done::go(crate::paths::offer_quote(
                &page,
                &terms.rate,
                &terms.units,
            )))
        }
        changed => {
            changed?;
            Ok(Done::go(crate::paths::DASHBOARD_OFFERS).and_say("Your offer has changed."))
        }
    }
}

/// Revokes an offer and says what came back. `shown` is how the page says it stands.
#[server]
pub async fn revoke_offer(offer: OfferId, #[server(default)] shown: String) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let back = market::offer::revoke(&market, owner, offer, Some(shown)).await?;
    let token = market.info().token;
    Ok(Done::go(crate::paths::DASHBOARD_OFFERS).and_say(format!(
        "Revoked. {} {token} are back in your wallet.",
        back.show()
    )))
}
