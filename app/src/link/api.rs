use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{LinkForm, LinkTarget};

/// Leads to where a pasted link leads (K1). A store owner's link to another shop is read at once (K2); what it
/// needs of everybody else is said on a page of its own, which keeps the link.
#[server]
pub async fn find_link(form: LinkForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    use market::link::Link;
    use model::Pasted;
    let (market, owner) = (market()?, viewer().await?.owner());
    let link = Link::read(&market, &form.link)?;
    let target = market::link::follow(&market, owner, &link).await?;
    match (target, owner, link) {
        (LinkTarget::OtherShop { .. }, Some(owner), Link::OtherShop(page)) => {
            match market::import::start(&market, owner, page).await? {
                Pasted::Import(import) => Ok(Done::go(crate::paths::import(import))),
                Pasted::Product(product) => Ok(Done::go(crate::paths::edit_product(product))
                    .and_say("You have this product already.")),
            }
        }
        (LinkTarget::Import(import), ..) => Ok(Done::go(crate::paths::import(import))),
        (LinkTarget::OwnDraft { product, .. }, ..) => {
            Ok(Done::go(crate::paths::edit_product(product))
                .and_say("You have this product already."))
        }
        _ => Ok(Done::go(crate::paths::follow_link(&form.link))),
    }
}

/// Finds out where a pasted link leads (K1).
#[server(protocol = Reading)]
pub async fn follow_link(link: String) -> AppResult<LinkTarget> {
    use crate::server::{market, viewer};
    let (market, owner) = (market()?, viewer().await?.owner());
    let link = market::link::Link::read(&market, &link)?;
    Ok(market::link::follow(&market, owner, &link).await?)
}
