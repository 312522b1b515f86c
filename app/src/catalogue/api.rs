use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{
    Page, PageRequest, PictureForm, PictureId, ProductEdit, ProductForm, ProductId, ProductRow,
};

/// The maker's products that hold every word of `search`.
#[server(protocol = Reading)]
pub async fn read_products(
    #[server(default)] search: String,
    page: PageRequest,
) -> AppResult<Page<ProductRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::product::mine(&market()?, owner, &search, page).await?)
}

/// A product as its maker edits it.
#[server(protocol = Reading)]
pub async fn read_own_product(product: ProductId) -> AppResult<ProductEdit> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::product::form(&market()?, owner, product).await?)
}

/// Makes a draft; the same page's form sent twice makes one.
#[server]
pub async fn create_product(form: ProductForm, #[server(default)] once: String) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let new = form.validate(market.info().currency)?;
    let sending = market::once::Sending::under(&once);
    let product = market::product::create_once(&market, owner, new, sending).await?;
    Ok(Done::go(crate::paths::edit_product(product))
        .and_say("Saved as a draft. Add pictures, then publish it."))
}

/// Changes a product and its stock: what the form has shown, and only while that is still so. With `publish` the
/// product is put on its maker's own shelf as the form has it, if it still stands as it was shown.
#[server]
pub async fn save_product(
    product: ProductId,
    form: ProductForm,
    #[server(default)] shown: ProductForm,
    #[server(default)] publish: String,
    #[server(default)] standing: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    use market::product::{publish_changed, update};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let change = form.changes(&shown, market.info().currency)?;
    if publish.is_empty() {
        update(&market, owner, product, change).await?;
        Ok(Done::say("Saved."))
    } else {
        publish_changed(&market, owner, product, change, standing).await?;
        Ok(Done::say("Published. It stands on your shelf now."))
    }
}

/// Takes a product off every shelf; it becomes a draft again. `shown` is how the page says it stands.
#[server]
pub async fn unpublish_product(
    product: ProductId,
    #[server(default)] shown: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::product::unpublish(&market()?, owner, product, Some(shown)).await?;
    Ok(Done::say("Taken off every shelf. It is a draft again."))
}

/// Takes a product off for good. `shown` is how the page says it stands.
#[server]
pub async fn archive_product(
    product: ProductId,
    #[server(default)] shown: String,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::product::archive(&market()?, owner, product, Some(shown)).await?;
    Ok(Done::go(crate::paths::DASHBOARD_PRODUCTS).and_say("Archived."))
}

/// Says what a picture shows.
#[server]
pub async fn describe_picture(
    picture: PictureId,
    form: PictureForm,
    #[server(default)] shown: PictureForm,
) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let words = (shown.alt.as_str(), form.alt.as_str());
    market::picture::describe(&market()?, owner, picture, words).await?;
    Ok(Done::say("Description saved."))
}

/// Makes a picture the product's first.
#[server]
pub async fn make_picture_first(picture: PictureId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::picture::move_first(&market()?, owner, picture).await?;
    Ok(Done::say("This picture comes first now."))
}

/// Removes a picture.
#[server]
pub async fn remove_picture(picture: PictureId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::picture::remove(&market()?, owner, picture).await?;
    Ok(Done::say("Picture removed."))
}
