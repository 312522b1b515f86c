use super::lock_owned;
use super::start::take_pictures;
use crate::db::{Locked, Tx};
use crate::entity::import;
use crate::store::Owner;
use crate::{Market, Refusal, Result, lease, picture};
use model::{ImportId, ImportState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

/// Days after which what nobody checked is thrown away.
const KEPT_DAYS: i64 = 30;
/// Imports thrown away in one round.
const BATCH: u64 = 50;

/// Throws an import away with its pictures.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's import; [`Refusal::ImportPast`] for one that became a product.
pub async fn discard(market: &Market, owner: Owner, id: ImportId) -> Result<()> {
    let left = market
        .db
        .write((owner, id), |tx, (owner, id)| {
            Box::pin(discard_in(tx, owner, id))
        })
        .await?;
    delete(market, left).await;
    Ok(())
}

async fn discard_in(tx: &Tx, owner: Owner, id: ImportId) -> Result<Vec<String>> {
    let row = lock_owned(tx.db(), owner, id).await?;
    if row.state == ImportState::Saved {
        return Err(Refusal::ImportPast("has become a product").into());
    }
    throw_away(tx, row).await
}

/// Throws away what nobody has checked for a month; gives how many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sweep(market: &Market) -> Result<usize> {
    let (swept, left) = market.db.write((), |tx, ()| Box::pin(sweep_in(tx))).await?;
    delete(market, left).await;
    Ok(swept)
}

async fn sweep_in(tx: &Tx) -> Result<(usize, Vec<String>)> {
    let old = import::Entity::find()
        .filter(import::Column::State.is_in([ImportState::Ready, ImportState::Failed]))
        .filter(import::Column::ChangedAt.lt(tx.now.plus_days(-KEPT_DAYS)))
        .order_by_asc(import::Column::Id)
        .limit(BATCH)
        .locked()
        .all(tx.db())
        .await?;
    let swept = old.len();
    let mut left = Vec::new();
    for row in old {
        left.extend(throw_away(tx, row).await?);
    }
    Ok((swept, left))
}

/// Gives the keys of pictures whose files are to be deleted.
async fn throw_away(tx: &Tx, row: import::Model) -> Result<Vec<String>> {
    let left = take_pictures(tx, row.id).await?;
    let mut row = row.into_active_model();
    row.state = Set(ImportState::Discarded);
    row.found = Set(String::new());
    row.changed_at = Set(tx.now);
    row.taken_until = Set(lease::FREE);
    row.update(tx.db()).await?;
    Ok(left)
}

async fn delete(market: &Market, keys: Vec<String>) {
    for key in keys {
        picture::delete_files(market, &key).await;
    }
}
