use super::{names, view};
use crate::db::{Locked, Tx};
use crate::entity::store;
use crate::product::maker_renamed;
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{Currency, Settling, StoreChange, StoreForm, StoreView};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

/// The owner's own store, for its settings page.
///
/// # Errors
/// [`Error::NotFound`] when it is gone.
pub async fn settings(market: &Market, owner: Owner) -> Result<StoreView> {
    let row = store::Entity::find_by_id(owner.store())
        .one(market.reader())
        .await?;
    Ok(view(row.ok_or(Error::NotFound("store"))?))
}

/// Changes everything but the web address, which others may have linked to.
///
/// # Errors
/// [`Error::Clash`] when somebody else changed the same fields; [`Error::NotFound`] when the store is gone;
/// [`crate::Refusal::NameTaken`] when another store's name could be taken for the new one.
pub async fn update(market: &Market, owner: Owner, change: StoreChange) -> Result<StoreView> {
    market
        .db
        .write((owner, change), |tx, (owner, change)| {
            Box::pin(update_in(tx, owner, change))
        })
        .await
}

async fn update_in(tx: &Tx, owner: Owner, change: StoreChange) -> Result<StoreView> {
    let find = store::Entity::find_by_id(owner.store()).locked();
    let row = find.one(tx.db()).await?.ok_or(Error::NotFound("store"))?;
    let before = row.name.clone();
    let row = settle(row, change, tx.settings.currency)?;
    if row.name != before {
        names::take(tx, row.id, &row.name).await?;
        maker_renamed(tx, row.id, &row.name).await?;
    }
    let row = row.into_active_model().reset_all();
    Ok(view(row.update(tx.db()).await?))
}

/// What the store becomes.
fn settle(mut row: store::Model, change: StoreChange, currency: Currency) -> Result<store::Model> {
    let shows = StoreForm::from((&view(row.clone()), currency));
    let mut settling = Settling::new();
    row.name = settling.field("name", change.name, row.name, &shows.name);
    row.tagline = settling.field("tagline", change.tagline, row.tagline, &shows.tagline);
    row.about = settling.field("about", change.about, row.about, &shows.about);
    row.accent = settling.field("accent", change.accent, row.accent, &shows.accent);
    row.shipping = settling.field("shipping", change.shipping, row.shipping, &shows.shipping);
    row.free_shipping_from = settling.field(
        "free_shipping_from",
        change.free_shipping_from,
        row.free_shipping_from,
        &shows.free_shipping_from,
    );
    Ok(settling.finish(row)?)
}
