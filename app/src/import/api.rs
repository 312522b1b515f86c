use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{
    ImportCheck, ImportDesk, ImportForm, ImportId, LinkForm, PageRequest, ShopImportForm,
    ShopImportId, ShopImportPage,
};

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
    let market = market()?;
    let page = market::link::Link::read(&market, &form.link)?.to_other_shop()?;
    let shop = market::import::start_shop(&market, owner, page).await?;
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
