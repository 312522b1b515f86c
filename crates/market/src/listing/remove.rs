use crate::db::Tx;
use crate::entity::{listing, product};
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result};
use model::ListingId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

/// Takes another maker's product off the owner's shelf. Taking it off twice is the same as once.
///
/// # Errors
/// [`Refusal::OwnProduct`] for a product of her own: that one is unpublished instead; [`Error::NotFound`] for
/// another store's listing.
pub async fn remove(market: &Market, owner: Owner, id: ListingId) -> Result<()> {
    market
        .db
        .write((owner, id), |tx, (owner, id)| {
            Box::pin(remove_in(tx, owner, id))
        })
        .await
}

async fn remove_in(tx: &Tx, owner: Owner, id: ListingId) -> Result<()> {
    let find = listing::Entity::find_by_id(id).filter(listing::Column::StoreId.eq(owner.store()));
    let row = find.one(tx.db()).await?.ok_or(Error::NotFound("listing"))?;
    let product = product::Entity::find_by_id(row.product_id)
        .one(tx.db())
        .await?;
    if product.is_some_and(|product| product.store_id == owner.store()) {
        return Err(Refusal::OwnProduct.into());
    }
    if row.removed_at.is_none() {
        let mut row = row.into_active_model();
        row.removed_at = Set(Some(tx.now));
        row.update(tx.db()).await?;
    }
    Ok(())
}
