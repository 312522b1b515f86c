use super::shown;
use crate::db::Tx;
use crate::entity::{listing, product};
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result};
use model::{ListingId, ProductId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Puts another maker's product on the owner's shelf. Again after it was taken off, it is the same listing.
///
/// # Errors
/// [`Refusal::OwnProduct`] for her own product; [`Refusal::SoldOut`] when no unit is left;
/// [`Refusal::NotOnShelf`] when its maker does not offer it to other stores now; [`Error::NotFound`].
pub async fn add(market: &Market, owner: Owner, product: ProductId) -> Result<ListingId> {
    market
        .db
        .write((owner, product), |tx, (owner, product)| {
            Box::pin(add_in(tx, owner, product))
        })
        .await
}

async fn add_in(tx: &Tx, owner: Owner, product: ProductId) -> Result<ListingId> {
    let row = product::Entity::find_by_id(product)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("product"))?;
    if row.store_id == owner.store() {
        return Err(Refusal::OwnProduct.into());
    }
    let before = listing::Entity::find()
        .filter(listing::Column::StoreId.eq(owner.store()))
        .filter(listing::Column::ProductId.eq(product))
        .one(tx.db())
        .await?;
    if let Some(standing) = before.as_ref().filter(|row| row.removed_at.is_none()) {
        return Ok(standing.id);
    }
    check_offered(tx, product).await?;
    put(tx, owner, product, before).await
}

async fn check_offered(tx: &Tx, id: ProductId) -> Result<()> {
    let find = product::Entity::find_by_id(id).filter(shown::published());
    let in_stock = find
        .clone()
        .filter(shown::in_stock())
        .one(tx.db())
        .await?
        .is_some();
    let offered = find
        .clone()
        .filter(shown::offered())
        .one(tx.db())
        .await?
        .is_some();
    if in_stock && offered {
        Ok(())
    } else if !in_stock && find.one(tx.db()).await?.is_some() {
        Err(Refusal::SoldOut.into())
    } else {
        Err(Refusal::NotOnShelf.into())
    }
}

async fn put(
    tx: &Tx,
    owner: Owner,
    product: ProductId,
    before: Option<listing::Model>,
) -> Result<ListingId> {
    let row = listing::ActiveModel {
        added_at: Set(tx.now),
        removed_at: Set(None),
        ..Default::default()
    };
    let row = match before {
        Some(before) => {
            listing::ActiveModel {
                id: Set(before.id),
                ..row
            }
            .update(tx.db())
            .await?
        }
        None => {
            let new = listing::ActiveModel {
                store_id: Set(owner.store()),
                product_id: Set(product),
                ..row
            };
            new.insert(tx.db()).await?
        }
    };
    Ok(row.id)
}
