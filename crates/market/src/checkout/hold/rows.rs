//! The rows of a hold: order, parcels, lines, and the charge to be asked for.

use super::promise::Promise;
use super::take::Attempt;
use crate::cart::Item;
use crate::checkout::{charge_key, terms::Totals};
use crate::code::order_number;
use crate::db::Tx;
use crate::entity::{Errand, PaymentState, order, order_line, parcel, payment};
use crate::{Error, Result, outbox};
use model::{CheckoutRequest, Money, OrderId, OrderState, ParcelId, ParcelState, StoreId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use std::collections::BTreeMap;

pub(super) async fn insert_order(
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
        secret: Set(attempt.secret.clone()),
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

pub(super) async fn insert_parcels(
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

/// The lines with their terms, by rising id.
pub(super) async fn insert_lines(
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

/// The payment, and the charge to be asked for, which this process has taken.
pub(super) async fn ask_for_money(
    tx: &Tx,
    order: &order::Model,
    attempt: Attempt,
) -> Result<payment::Model> {
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
    let key = charge_key(order.id);
    outbox::enqueue_taken(tx, Errand::Charge, key, order.id.0).await?;
    Ok(asked)
}
