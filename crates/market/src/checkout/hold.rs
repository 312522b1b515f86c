use super::allowance;
use super::promise::{Promise, promise_tokens, promises};
use super::release::expired_on;
use super::terms::{Totals, totals};
use super::{settle, stock};
use crate::cart::{Item, changed, items_locked, short};
use crate::code::{order_number, secret};
use crate::db::Tx;
use crate::entity::{Errand, PaymentState, order, order_line, parcel, payment};
use crate::ledger::{self, AccountCode, Journal};
use crate::offer::coverage;
use crate::sums::plus;
use crate::{Error, Refusal, Result, outbox};
use model::{
    AccountId, CartId, CheckoutRequest, Money, OrderId, OrderState, ParcelId, ParcelState, StoreId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Who checks out what, with which card.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub buyer: Option<AccountId>,
    pub cart: CartId,
    pub request: CheckoutRequest,
    pub provider: &'static str,
    pub method: String,
    /// Where it comes from, by the name of the day.
    pub source: Option<String>,
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
pub(super) enum Held {
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
pub(super) async fn hold(tx: &Tx, attempt: Attempt) -> Result<Held> {
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
    let mut wanted = stock::Units::new();
    for item in cart {
        let units = wanted.entry(item.variant.id).or_default();
        *units = plus(*units, item.line.units)?;
    }
    if stock::take(tx, &wanted).await? {
        Ok(())
    } else {
        Err(Error::Broken("locked variants ran short".into()))
    }
}

async fn insert_order(
    tx: &Tx,
    attempt: &Attempt,
    totals: Totals,
    minutes: i64,
) -> Result<order::Model> {
    let CheckoutRequest {
        email,
        address,
        key,
        ..
    } = attempt.request.clone();
    let row = order::ActiveModel {
        number: Set(order_number()),
        secret: Set(secret()),
        key: Set(key),
        fingerprint: Set(attempt.fingerprint()),
        state: Set(OrderState::Held),
        cart_id: Set(attempt.cart),
        account_id: Set(attempt.buyer),
        email: Set(email),
        name: Set(address.name),
        line1: Set(address.line1),
        line2: Set(address.line2),
        city: Set(address.city),
        postcode: Set(address.postcode),
        country: Set(address.country),
        items: Set(totals.items),
        shipping: Set(totals.shipping),
        total: Set(totals.total),
        hold_expires_at: Set(tx.now.plus_minutes(minutes)),
        release_reason: Set(None),
        created_at: Set(tx.now),
        paid_at: Set(None),
        source: Set(attempt.source.clone()),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?)
}

async fn insert_parcels(
    tx: &Tx,
    order: OrderId,
    shipping: BTreeMap<StoreId, Money>,
) -> Result<BTreeMap<StoreId, ParcelId>> {
    let rows = shipping
        .into_iter()
        .map(|(store, shipping)| parcel::ActiveModel {
            order_id: Set(order),
            store_id: Set(store),
            state: Set(ParcelState::New),
            shipping: Set(shipping),
            shipping_refunded: Set(false),
            carrier: Set(String::new()),
            tracking: Set(String::new()),
            packed_at: Set(None),
            shipped_at: Set(None),
            delivered_at: Set(None),
            paid_at: Set(None),
            ..Default::default()
        });
    let rows = parcel::Entity::insert_many(rows)
        .exec_with_returning(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.store_id, row.id)).collect())
}

/// The lines, by rising id.
async fn insert_lines(
    tx: &Tx,
    order: OrderId,
    parcels: &BTreeMap<StoreId, ParcelId>,
    cart: &[Item],
    promises: &[Promise],
) -> Result<Vec<order_line::Model>> {
    let rows = cart
        .iter()
        .zip(promises)
        .map(|(item, promise)| line(tx, order, parcels, item, promise))
        .collect::<Result<Vec<_>>>()?;
    let mut lines = order_line::Entity::insert_many(rows)
        .exec_with_returning(tx.db())
        .await?;
    lines.sort_by_key(|line| line.id);
    Ok(lines)
}

fn line(
    tx: &Tx,
    order: OrderId,
    parcels: &BTreeMap<StoreId, ParcelId>,
    item: &Item,
    promise: &Promise,
) -> Result<order_line::ActiveModel> {
    let parcel = parcels
        .get(&item.maker.id)
        .copied()
        .ok_or_else(|| Error::Broken("a line without parcel".into()))?;
    Ok(order_line::ActiveModel {
        order_id: Set(order),
        parcel_id: Set(parcel),
        listing_id: Set(item.listing.id),
        seller_id: Set(item.seller.id),
        product_id: Set(item.product.id),
        variant_id: Set(item.variant.id),
        title: Set(item.product.title.clone()),
        variant_name: Set(item.variant.name.clone()),
        price: Set(item.variant.price),
        units: Set(item.line.units),
        fee: Set(item.total()?.share(tx.settings.fee_basis_points)),
        offer_id: Set(promise.offer),
        rate: Set(promise.rate),
        covered_units: Set(promise.covered),
        hold_round: Set(1),
        reward_outcome: Set(promise.outcome),
        reward_due_at: Set(None),
        rewarded_units: Set(0),
        cancelled_units: Set(0),
        restocked_units: Set(0),
        ..Default::default()
    })
}

async fn ask_for_money(tx: &Tx, order: &order::Model, attempt: Attempt) -> Result<payment::Model> {
    let row = payment::ActiveModel {
        order_id: Set(order.id),
        provider: Set(attempt.provider.to_owned()),
        method: Set(attempt.method),
        amount: Set(order.total),
        state: Set(PaymentState::Asked),
        second_step_url: Set(String::new()),
        decline_reason: Set(String::new()),
        created_at: Set(tx.now),
        settled_at: Set(None),
        ..Default::default()
    };
    let asked = row.insert(tx.db()).await?;
    let key = settle::charge_key(order.id);
    outbox::enqueue_taken(tx, Errand::Charge, key, order.id.0).await?;
    Ok(asked)
}
