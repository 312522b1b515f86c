use super::promise::{Promise, promise_tokens, promises};
use super::release::expired_on;
use super::rows::{ask_for_money, insert_lines, insert_order, insert_parcels};
use crate::cart::{Item, changed, items_locked, short};
use crate::checkout::{allowance, terms::totals};
use crate::db::Tx;
use crate::entity::{order, payment};
use crate::ledger::{self, AccountCode, Journal};
use crate::offer::coverage;
use crate::{Error, Refusal, Result, stock};
use model::{AccountId, CartId, CheckoutRequest, OrderId};
use sha2::{Digest, Sha256};

/// Who checks out what, with which card.
#[derive(Clone, Debug)]
pub(in crate::checkout) struct Attempt {
    pub buyer: Option<AccountId>,
    pub cart: CartId,
    pub request: CheckoutRequest,
    pub provider: &'static str,
    pub method: String,
    /// Where it comes from, by the name of the day.
    pub source: Option<String>,
    /// In the link of the order that it makes; nobody else knows it.
    pub secret: String,
}

impl Attempt {
    /// What makes two checkouts of a cart the same: everything but the card, which a shopper may correct.
    pub fn fingerprint(&self) -> String {
        let CheckoutRequest {
            email,
            address,
            seen_total,
            seen,
            ..
        } = &self.request;
        let content = format!("{:?}", (seen, seen_total, email, address));
        hex::encode(Sha256::digest(content))
    }
}

/// What became of trying to hold a cart.
pub(in crate::checkout) enum Held {
    /// Everything in it is set aside, and this is to be paid.
    All(Box<(order::Model, payment::Model)>),
    /// Nothing is: these holds, whose time is over, still keep something that it needs.
    Behind(Vec<OrderId>),
}

/// Sets stock and coverage aside for all lines of a cart, or for none (C2), with every term frozen as it is now
/// (C5), and writes down the charge to be asked for.
///
/// # Errors
/// [`Error::Short`] names each short variant and what is left; [`Refusal::CartEmpty`]; [`Error::Changed`] names what
/// is not as the shopper saw it; [`Refusal::TotalChanged`] when all that is known of it is the total;
/// [`Refusal::HoldsFull`].
pub(in crate::checkout) async fn hold(tx: &Tx, attempt: Attempt) -> Result<Held> {
    let cart = items_locked(tx, attempt.cart).await?;
    if cart.is_empty() {
        return Err(Refusal::CartEmpty.into());
    }
    let resold: Vec<_> = cart
        .iter()
        .filter(|item| item.through_reseller())
        .map(|item| item.product.id)
        .collect();
    let mut offers = coverage::lock_open(tx, &resold).await?;
    let promises = promises(&cart, &mut offers);
    let short = short(&cart);
    if !short.is_empty() || !are_covered(&cart, &promises) {
        let products: Vec<_> = cart.iter().map(|item| item.product.id).collect();
        let expired = expired_on(tx.db(), tx.now, &products).await?;
        if !expired.is_empty() {
            return Ok(Held::Behind(expired));
        }
    }
    if !short.is_empty() {
        return Err(Error::Short(short));
    }
    let changes = changed(tx, &cart, &attempt.request.seen).await?;
    if !changes.is_empty() {
        return Err(Error::Changed(changes));
    }
    let (totals, shipping) = totals(&cart)?;
    if totals.total.0 != attempt.request.seen_total {
        return Err(Refusal::TotalChanged { now: totals.total }.into());
    }
    let minutes = allowance::minutes(tx, &attempt, &cart).await?;
    take_stock(tx, &cart).await?;
    let touched = offers
        .values()
        .filter(|offer| promises.iter().any(|p| p.offer == Some(offer.id)));
    coverage::save(tx, touched).await?;

    let order = insert_order(tx, &attempt, totals, minutes).await?;
    let parcels = insert_parcels(tx, order.id, shipping).await?;
    let lines = insert_lines(tx, order.id, &parcels, &cart, &promises).await?;
    let mut journal = Journal::new();
    for line in lines.iter().filter(|line| line.offer_id.is_some()) {
        journal.open(AccountCode::Line(line.id));
        promise_tokens(line, &mut journal)?;
    }
    let asked = ask_for_money(tx, &order, attempt).await?;
    ledger::post(tx, journal).await?;
    Ok(Held::All(Box::new((order, asked))))
}

/// Every unit sold through a reseller is promised a reward.
fn are_covered(cart: &[Item], promises: &[Promise]) -> bool {
    cart.iter()
        .zip(promises)
        .all(|(item, promise)| !item.through_reseller() || promise.covered == item.line.units)
}

/// Takes the units of each variant, summed over its lines (C2).
async fn take_stock(tx: &Tx, cart: &[Item]) -> Result<()> {
    let lines = cart.iter().map(|item| (item.variant.id, item.line.units));
    let wanted = stock::summed(lines)?;
    if stock::take(tx, &wanted).await? {
        Ok(())
    } else {
        Err(Error::Broken("locked variants ran short".into()))
    }
}
