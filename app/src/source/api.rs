use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{KeepInStep, ProductId, RefreshForm, RefreshView, SourceView};

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
