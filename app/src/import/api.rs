use crate::done::Done;
use crate::error::AppResult;
use crate::wire::reading::Reading;
use leptos::prelude::*;
use model::{
    ImportCheck, ImportDesk, ImportForm, ImportId, KeepInStep, PageRequest, ProductId, RefreshForm,
    RefreshView, ShopImportForm, ShopImportId, ShopImportPage, SourceView,
};
use serde::{Deserialize, Serialize};

/// The box for any link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// What was pasted; checked by the market.
    pub link: String,
}

/// Leads to where a pasted link leads (K1). A store owner's link to another shop is read at once (K2); what it
/// needs of everybody else is said on a page of its own, which keeps the link.
#[server]
pub async fn find_link(form: LinkForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    use model::{LinkTarget, Pasted};
    let (market, owner) = (market()?, viewer().await?.owner());
    match (
        market::link::follow(&market, owner, &form.link).await?,
        owner,
    ) {
        (LinkTarget::OtherShop { .. }, Some(owner)) => {
            match market::import::start(&market, owner, &form.link).await? {
                Pasted::Import(import) => Ok(Done::go(crate::paths::import(import))),
                Pasted::Product(product) => Ok(Done::go(crate::paths::edit_product(product))
                    .and_say("You have this product already.")),
            }
        }
        (LinkTarget::Import(import), _) => Ok(Done::go(crate::paths::import(import))),
        (LinkTarget::OwnDraft { product, .. }, _) => {
            Ok(Done::go(crate::paths::edit_product(product))
                .and_say("You have this product already."))
        }
        _ => Ok(Done::go(crate::paths::follow_link(&form.link))),
    }
}

/// What the store imports: links that are not products yet, and whole shops.
#[server(protocol = Reading)]
pub async fn read_imports(page: PageRequest) -> AppResult<ImportDesk> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::import::desk(&market()?, owner, page).await?)
}

/// One import: how far it is, and what was found.
#[server(protocol = Reading)]
pub async fn read_import(import: ImportId) -> AppResult<ImportCheck> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::import::one(&market()?, owner, import).await?)
}

/// Makes a product of what was found and corrected: a draft, or at once on the shelf.
#[server]
pub async fn save_import(
    import: ImportId,
    form: ImportForm,
    #[server(default)] publish: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let checked = form.validate(market.info().currency)?;
    if publish.is_empty() {
        let product = market::import::save(&market, owner, import, checked).await?;
        Ok(Done::go(crate::paths::edit_product(product)).and_say("Saved as a draft."))
    } else {
        let product = market::import::publish(&market, owner, import, checked).await?;
        Ok(Done::go(crate::paths::edit_product(product))
            .and_say("Published. It stands on your shelf now."))
    }
}

/// Reads a page that could not be read once more.
#[server]
pub async fn try_import_again(import: ImportId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::again(&market()?, owner, import).await?;
    Ok(Done::go(crate::paths::import(import)))
}

/// Stops reading, or throws away what was found.
#[server]
pub async fn discard_import(import: ImportId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::discard(&market()?, owner, import).await?;
    Ok(Done::go(crate::paths::DASHBOARD_IMPORTS).and_say("Discarded."))
}

/// Looks for all products of the shop behind a link.
#[server]
pub async fn import_shop(form: LinkForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let shop = market::import::start_shop(&market()?, owner, &form.link).await?;
    Ok(Done::go(crate::paths::shop_import(shop)))
}

/// A whole shop and a page of its products.
#[server(protocol = Reading)]
pub async fn read_shop_import(shop: ShopImportId, page: PageRequest) -> AppResult<ShopImportPage> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::import::shop(&market()?, owner, shop, page).await?)
}

/// Begins to import what was listed.
#[server]
pub async fn begin_shop_import(shop: ShopImportId, form: ShopImportForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::begin_shop(&market()?, owner, shop, form.validate()?).await?;
    Ok(Done::quietly())
}

/// Lets the import of a shop wait.
#[server]
pub async fn pause_shop_import(shop: ShopImportId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::pause_shop(&market()?, owner, shop).await?;
    Ok(Done::quietly())
}

/// Goes on with a shop that waits.
#[server]
pub async fn resume_shop_import(shop: ShopImportId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::resume_shop(&market()?, owner, shop).await?;
    Ok(Done::quietly())
}

/// Ends the import of a shop; what was read stays.
#[server]
pub async fn cancel_shop_import(shop: ShopImportId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::cancel_shop(&market()?, owner, shop).await?;
    Ok(Done::say("Cancelled. What was read already stays."))
}

/// Where a product came from, if it was imported.
#[server(protocol = Reading)]
pub async fn read_source(product: ProductId) -> AppResult<Option<SourceView>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::import::source(&market()?, owner, product).await?)
}

/// What the last look at a product's source found.
#[server(protocol = Reading)]
pub async fn read_differences(product: ProductId) -> AppResult<RefreshView> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::import::differences(&market()?, owner, product).await?)
}

/// Asks a product's source what it says now; nothing is changed by it (K3).
#[server]
pub async fn look_again(product: ProductId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::look_again(&market()?, owner, product).await?;
    Ok(Done::go(crate::paths::product_source(product)))
}

/// Takes over the ticked changes and lets go of the others. Without a form nothing is ticked.
#[server]
pub async fn apply_changes(
    product: ProductId,
    #[server(default)] form: RefreshForm,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let said = match form.apply.len() {
        0 => "Nothing was changed.",
        _ => "The changes are applied.",
    };
    market::import::apply(&market()?, owner, product, form).await?;
    Ok(Done::go(crate::paths::edit_product(product)).and_say(said))
}

/// Lets a product follow its source, or not any more.
#[server]
pub async fn follow_source(product: ProductId, how: KeepInStep) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::import::keep_in_step(&market()?, owner, product, how).await?;
    Ok(Done::say(match how {
        KeepInStep::ByItself => "Price and stock follow the original from now on.",
        KeepInStep::ByHand => "Price and stock stay as they are until you change them.",
    }))
}
