use super::add::checked_alt;
use super::files;
use crate::db::Tx;
use crate::entity::picture;
use crate::product::lock_owned;
use crate::store::Owner;
use crate::sums::less;
use crate::{Error, Market, Result};
use model::{PictureId, Settling, Wish};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, QueryOrder,
};

/// Says what a picture shows, for people who do not see it.
///
/// # Errors
/// [`Error::Invalid`] when it is too long; [`Error::Clash`] when somebody else changed it; [`Error::NotFound`] for a
/// picture of another store's product.
pub async fn describe(
    market: &Market,
    owner: Owner,
    id: PictureId,
    (shown, typed): (&str, &str),
) -> Result<()> {
    let to = checked_alt(typed)?;
    let alt = Wish::of(shown, typed, || to);
    market
        .db
        .write((owner, id, alt), |tx, (owner, id, alt)| {
            Box::pin(describe_in(tx, owner, id, alt))
        })
        .await
}

async fn describe_in(tx: &Tx, owner: Owner, id: PictureId, alt: Wish<String>) -> Result<()> {
    let row = picture_of(tx, owner, id).await?;
    let mut settling = Settling::new();
    let alt = settling.field("alt", alt, row.alt.clone(), &row.alt);
    let alt = settling.finish(alt)?;
    let mut row = row.into_active_model();
    row.alt = Set(alt);
    row.update(tx.db()).await?;
    Ok(())
}

/// Makes a picture the product's first: the one that shows in grids.
///
/// # Errors
/// [`Error::NotFound`] for a picture of another store's product.
pub async fn move_first(market: &Market, owner: Owner, id: PictureId) -> Result<()> {
    market
        .db
        .write((owner, id), |tx, (owner, id)| {
            Box::pin(move_first_in(tx, owner, id))
        })
        .await
}

async fn move_first_in(tx: &Tx, owner: Owner, id: PictureId) -> Result<()> {
    let row = picture_of(tx, owner, id).await?;
    let first = picture::Entity::find()
        .filter(picture::Column::ProductId.eq(row.product_id))
        .order_by_asc(picture::Column::Position)
        .order_by_asc(picture::Column::Id)
        .one(tx.db())
        .await?;
    if let Some(first) = first.filter(|first| first.id != id) {
        let mut row = row.into_active_model();
        row.position = Set(less(first.position, 1)?);
        row.update(tx.db()).await?;
    }
    Ok(())
}

/// Removes a picture and its files.
///
/// # Errors
/// [`Error::NotFound`] for a picture of another store's product.
pub async fn remove(market: &Market, owner: Owner, id: PictureId) -> Result<()> {
    let removed = market.db.write((owner, id), |tx, (owner, id)| {
        Box::pin(remove_in(tx, owner, id))
    });
    files::delete(market, &removed.await?).await;
    Ok(())
}

/// Gives the key of its files.
async fn remove_in(tx: &Tx, owner: Owner, id: PictureId) -> Result<String> {
    let row = picture_of(tx, owner, id).await?;
    let key = row.key.clone();
    row.delete(tx.db()).await?;
    Ok(key)
}

/// A picture of one of the owner's products; any other is unknown to her.
async fn picture_of(tx: &Tx, owner: Owner, id: PictureId) -> Result<picture::Model> {
    let row = picture::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("picture"))?;
    // Locked: what two say of a picture at once is decided one after the other.
    lock_owned(tx, owner, row.product_id)
        .await
        .map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound("picture"),
            other => other,
        })?;
    Ok(row)
}
