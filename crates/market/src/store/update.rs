use super::{names, view};
use crate::entity::store;
use crate::product::maker_renamed;
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{NewStore, StoreView};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

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
/// [`Error::NotFound`] when the store is gone; [`crate::Refusal::NameTaken`] when another store's name could be taken
/// for the new one.
pub async fn update(market: &Market, owner: Owner, new: NewStore) -> Result<StoreView> {
    market
        .db
        .write((owner, new), |tx, (owner, new)| {
            Box::pin(async move {
                let row = store::Entity::find_by_id(owner.store())
                    .one(tx.db())
                    .await?;
                let row = row.ok_or(Error::NotFound("store"))?;
                if row.name != new.name {
                    names::take(tx, row.id, &new.name).await?;
                    maker_renamed(tx, row.id, &new.name).await?;
                }
                let mut row = row.into_active_model();
                row.name = Set(new.name);
                row.tagline = Set(new.tagline);
                row.about = Set(new.about);
                row.accent = Set(new.accent);
                row.shipping = Set(new.shipping);
                row.free_shipping_from = Set(new.free_shipping_from);
                Ok(view(row.update(tx.db()).await?))
            })
        })
        .await
}
