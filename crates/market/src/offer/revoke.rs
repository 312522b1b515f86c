use super::{open_on, owned, standing};
use crate::db::{Locked, Tx};
use crate::entity::offer;
use crate::ledger::{self, About, AccountCode, Journal};
use crate::store::Owner;
use crate::sums::plus;
use crate::{Market, Refusal, Result};
use model::{OfferId, OfferState, ProductId, Tokens, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

/// Revokes an offer: every open unit's tokens return to the wallet at once, and the product leaves the
/// marketplace and all other shelves. Units on hold stay promised (R3). Gives what came back.
///
/// # Errors
/// [`Refusal::NoOffer`] when it is no longer open; [`Refusal::OfferChanged`] when it does not stand as it was `shown`
/// (`None`: however it stands); [`crate::Error::NotFound`] for another store's offer.
pub async fn revoke(
    market: &Market,
    owner: Owner,
    id: OfferId,
    shown: Option<String>,
) -> Result<Tokens> {
    market
        .db
        .write((owner, id, shown), |tx, (owner, id, shown)| {
            Box::pin(revoke_as_shown(tx, owner, id, shown))
        })
        .await
}

async fn revoke_as_shown(
    tx: &Tx,
    owner: Owner,
    id: OfferId,
    shown: Option<String>,
) -> Result<Tokens> {
    let row = owned(tx.db(), owner, id).await?;
    if row.state != OfferState::Open {
        return Err(Refusal::NoOffer.into());
    }
    if shown.is_some_and(|shown| shown != standing(&row)) {
        return Err(Refusal::OfferChanged.into());
    }
    let mut journal = Journal::new();
    let back = take_back(tx, &row, &mut journal).await?;
    ledger::post(tx, journal).await?;
    Ok(back)
}

/// Revokes a product's open offer, if it has one.
pub(crate) async fn revoke_in(tx: &Tx, product: ProductId, journal: &mut Journal) -> Result<()> {
    if let Some(row) = open_on(&[product]).locked().one(tx.db()).await? {
        take_back(tx, &row, journal).await?;
    }
    Ok(())
}

async fn take_back(tx: &Tx, row: &offer::Model, journal: &mut Journal) -> Result<Tokens> {
    let (id, escrow) = (row.id, AccountCode::Offer(row.id));
    let back = Tokens(ledger::balance(tx.db(), escrow).await?);
    let key = format!("revoke:offer:{id}");
    let wallet = AccountCode::Wallet(row.store_id);
    journal.tokens(
        TransferKind::Revoke,
        key,
        escrow,
        wallet,
        back,
        About::offer(id),
    );
    let changed = offer::ActiveModel {
        id: Set(id),
        open_units: Set(0),
        state: Set(OfferState::Revoked),
        revision: Set(plus(row.revision, 1)?),
        closed_at: Set(Some(tx.now)),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    Ok(back)
}
