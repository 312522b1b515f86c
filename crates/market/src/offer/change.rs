use super::{coverage, owned};
use crate::db::Tx;
use crate::entity::offer;
use crate::ledger::{self, About, AccountCode, Journal};
use crate::store::Owner;
use crate::sums::{less, plus};
use crate::{Error, Market, Refusal, Result, stock};
use model::{OfferChange, OfferId, OfferState, OfferTerms, Quote, Settling, Tokens, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

/// Raises or lowers rate and open units; the difference moves between wallet and escrow at once (R2). Units on
/// hold keep the terms they were held at.
///
/// # Errors
/// [`Refusal::Quote`] when the wallet is short or the units are more than on hand, those on hold left out;
/// [`Refusal::NoOffer`] when it is no longer open; [`Error::Clash`] when somebody else changed the same;
/// [`Refusal::CostNotSeen`] when what becomes of it costs something else than what was shown; [`Error::NotFound`] for
/// another store's offer.
pub async fn change(
    market: &Market,
    owner: Owner,
    id: OfferId,
    change: impl Into<OfferChange>,
) -> Result<()> {
    market
        .db
        .write((owner, id, change.into()), |tx, (owner, id, change)| {
            Box::pin(change_in(tx, owner, id, change))
        })
        .await
}

async fn change_in(tx: &Tx, owner: Owner, id: OfferId, change: OfferChange) -> Result<()> {
    // Variants are locked before offers, so the product is read first.
    let product = offer::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("offer"))?;
    stock::lock(tx, [product.product_id]).await?;
    let row = owned(tx.db(), owner, id).await?;
    if row.state != OfferState::Open {
        return Err(Refusal::NoOffer.into());
    }
    let terms = settle(&row, change)?;
    let wallet = AccountCode::Wallet(owner.store());
    let escrow = AccountCode::Offer(id);
    let in_escrow = Tokens(ledger::balance(tx.db(), escrow).await?);
    let holds = Tokens(ledger::balance(tx.db(), wallet).await?);
    let coverable = coverage::coverable(tx.db(), row.product_id).await?;
    let quote = Quote::of(terms, holds, in_escrow, coverable);
    if let Some(problem) = quote.problem {
        return Err(Refusal::Quote(problem).into());
    }
    let revision = plus(row.revision, 1)?;
    let mut journal = Journal::new();
    let key = format!("change:offer:{id}:{revision}");
    let about = About::offer(id);
    if quote.from_wallet < Tokens::ZERO {
        let back = Tokens(less(0, quote.from_wallet.0)?);
        journal.tokens(TransferKind::Lower, key, escrow, wallet, back, about);
    } else {
        let more = quote.from_wallet;
        journal.tokens(TransferKind::Fund, key, wallet, escrow, more, about);
    }
    let changed = offer::ActiveModel {
        id: Set(id),
        rate: Set(terms.rate),
        open_units: Set(terms.units),
        revision: Set(revision),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    ledger::post(tx, journal).await
}

/// The terms that become of it, for the cost that was shown.
fn settle(row: &offer::Model, change: OfferChange) -> Result<OfferTerms> {
    let now = OfferTerms {
        rate: row.rate,
        units: row.open_units,
    };
    let shows = now.typed();
    let mut settling = Settling::new();
    let terms = OfferTerms {
        rate: settling.field("rate", change.rate, now.rate, &shows.rate),
        units: settling.field("units", change.units, now.units, &shows.units),
    };
    let terms = settling.finish(terms)?;
    match change.cost {
        Some(shown) if !terms.cost(&shown) => Err(Refusal::CostNotSeen(terms).into()),
        _ => Ok(terms),
    }
}
