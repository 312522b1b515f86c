use super::lock_owned;
use crate::db::Tx;
use crate::entity::{listing, offer, product};
use crate::ledger::{self, Journal};
use crate::offer::{self as offers, open_on, revoke_in};
use crate::store::Owner;
use crate::{Market, Refusal, Result};
use model::{ProductId, ProductState};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// Puts a product on its maker's own shelf.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's product.
pub async fn publish(market: &Market, owner: Owner, id: ProductId) -> Result<()> {
    market
        .db
        .write((owner, id), |tx, (owner, id)| {
            Box::pin(publish_in(tx, owner, id))
        })
        .await
}

pub(crate) async fn publish_in(tx: &Tx, owner: Owner, id: ProductId) -> Result<()> {
    let row = lock_owned(tx, owner, id).await?;
    let published_at = row.published_at.unwrap_or(tx.now);
    set_state(tx, row, ProductState::Published, Some(published_at)).await?;
    let own_listing = listing::ActiveModel {
        store_id: Set(owner.store()),
        product_id: Set(id),
        added_at: Set(tx.now),
        removed_at: Set(None),
        ..Default::default()
    };
    let once = OnConflict::columns([listing::Column::StoreId, listing::Column::ProductId])
        .do_nothing()
        .to_owned();
    listing::Entity::insert(own_listing)
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Takes a product off every shelf; its open offer is revoked (R3).
///
/// # Errors
/// [`Refusal::StandingChanged`] when it does not stand as it was `shown` (`None`: however it stands);
/// [`crate::Error::NotFound`] for another store's product.
pub async fn unpublish(
    market: &Market,
    owner: Owner,
    id: ProductId,
    shown: Option<String>,
) -> Result<()> {
    withdraw(market, owner, id, ProductState::Draft, shown).await
}

/// Takes a product off for good. Past orders still name it; its open offer is revoked (R3).
///
/// # Errors
/// As for [`unpublish`].
pub async fn archive(
    market: &Market,
    owner: Owner,
    id: ProductId,
    shown: Option<String>,
) -> Result<()> {
    withdraw(market, owner, id, ProductState::Archived, shown).await
}

async fn withdraw(
    market: &Market,
    owner: Owner,
    id: ProductId,
    state: ProductState,
    shown: Option<String>,
) -> Result<()> {
    market
        .db
        .write(
            (owner, id, state, shown),
            |tx, (owner, id, state, shown)| Box::pin(withdraw_in(tx, owner, id, state, shown)),
        )
        .await
}

async fn withdraw_in(
    tx: &Tx,
    owner: Owner,
    id: ProductId,
    state: ProductState,
    shown: Option<String>,
) -> Result<()> {
    let row = lock_owned(tx, owner, id).await?;
    as_shown(tx, &row, state, shown.as_deref()).await?;
    let published_at = row.published_at;
    set_state(tx, row, state, published_at).await?;
    let mut journal = Journal::new();
    revoke_in(tx, id, &mut journal).await?;
    ledger::post(tx, journal).await
}

/// Refuses what was asked of a product that stands otherwise than it was shown, unless it is as asked already.
pub(super) async fn as_shown(
    tx: &Tx,
    row: &product::Model,
    asked: ProductState,
    shown: Option<&str>,
) -> Result<()> {
    if row.state == asked {
        return Ok(());
    }
    let offer = open_on(&[row.id]).one(tx.db()).await?;
    match shown {
        Some(shown) if shown != standing(row, offer.as_ref()) => {
            Err(Refusal::StandingChanged.into())
        }
        _ => Ok(()),
    }
}

/// How a product stands in the market: its state, and the offer on it.
pub(super) fn standing(row: &product::Model, open: Option<&offer::Model>) -> String {
    match open {
        None => row.state.to_string(),
        Some(open) => format!(
            "{}, offer {} {}",
            row.state,
            open.id,
            offers::standing(open)
        ),
    }
}

async fn set_state(
    tx: &Tx,
    row: product::Model,
    state: ProductState,
    published_at: Option<model::Timestamp>,
) -> Result<()> {
    let mut row = row.into_active_model();
    row.state = Set(state);
    row.published_at = Set(published_at);
    row.updated_at = Set(tx.now);
    row.update(tx.db()).await?;
    Ok(())
}
