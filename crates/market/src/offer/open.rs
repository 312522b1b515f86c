use super::{coverage, open_on};
use crate::db::Tx;
use crate::entity::offer;
use crate::ledger::{self, About, AccountCode, Journal};
use crate::once::Sending;
use crate::product::lock_owned;
use crate::store::Owner;
use crate::{Market, Refusal, Result, stock};
use model::{
    OfferId, OfferState, OfferTerms, ProductId, ProductState, Quote, Tokens, TransferKind,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

/// Opens an offer: rate × units leaves the wallet for the offer's escrow at once (R1).
///
/// # Errors
/// [`Refusal::Quote`] when the wallet is short or more units are asked for than are on hand, those on hold under
/// an earlier offer left out; [`Refusal::OffersPerHour`]; [`Refusal::OfferOpen`] when the product has an open offer; [`Refusal::NotPublished`]; [`crate::Error::NotFound`]
/// for another store's product.
pub async fn open(
    market: &Market,
    owner: Owner,
    product: ProductId,
    terms: OfferTerms,
) -> Result<OfferId> {
    open_once(market, owner, product, terms, Sending::each_time()).await
}

/// Opens an offer, or gives the one that the same sending opened before (L4).
///
/// # Errors
/// As [`open`]; [`crate::Error::KeyReused`] when another offer was sent under the key.
pub async fn open_once(
    market: &Market,
    owner: Owner,
    product: ProductId,
    terms: OfferTerms,
    sending: Sending,
) -> Result<OfferId> {
    let ask = (owner, product, terms, sending);
    let opened = market
        .db
        .write(ask, |tx, (owner, product, terms, sending)| {
            Box::pin(async move {
                let work = open_in(tx, owner, product, terms);
                let form = ("offer", owner.store());
                sending.once(tx, form, &(product, terms), work).await
            })
        });
    opened.await.map(OfferId)
}

async fn open_in(tx: &Tx, owner: Owner, product: ProductId, terms: OfferTerms) -> Result<i64> {
    if lock_owned(tx, owner, product).await?.state != ProductState::Published {
        return Err(Refusal::NotPublished.into());
    }
    stock::lock(tx, [product]).await?;
    if open_on(&[product]).one(tx.db()).await?.is_some() {
        return Err(Refusal::OfferOpen.into());
    }
    refuse_too_many(tx, owner).await?;
    let wallet = AccountCode::Wallet(owner.store());
    let holds = Tokens(ledger::balance(tx.db(), wallet).await?);
    let coverable = coverage::coverable(tx.db(), product).await?;
    let quote = Quote::of(terms, holds, Tokens::ZERO, coverable);
    if let Some(problem) = quote.problem {
        return Err(Refusal::Quote(problem).into());
    }
    let row = offer::ActiveModel {
        product_id: Set(product),
        store_id: Set(owner.store()),
        rate: Set(terms.rate),
        open_units: Set(terms.units),
        held_units: Set(0),
        state: Set(OfferState::Open),
        revision: Set(1),
        opened_at: Set(tx.now),
        closed_at: Set(None),
        ..Default::default()
    };
    let id = row.insert(tx.db()).await?.id;
    let mut journal = Journal::new();
    let escrow = AccountCode::Offer(id);
    journal.open(escrow);
    let key = format!("fund:offer:{id}:1");
    journal.tokens(
        TransferKind::Fund,
        key,
        wallet,
        escrow,
        quote.escrow,
        About::offer(id),
    );
    ledger::post(tx, journal).await?;
    Ok(id.0)
}

/// What an offer leaves behind is kept for good, when it is revoked, too.
async fn refuse_too_many(tx: &Tx, owner: Owner) -> Result<()> {
    let most = tx.settings.products_per_hour;
    let lately = offer::Entity::find()
        .filter(offer::Column::StoreId.eq(owner.store()))
        .filter(offer::Column::OpenedAt.gt(tx.now.plus_minutes(-60)));
    if lately.count(tx.db()).await? >= most {
        return Err(Refusal::OffersPerHour { most }.into());
    }
    Ok(())
}
