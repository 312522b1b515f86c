//! What the provider's answer does: the order is finished once, or its hold is given back, or the money is.

use super::hold::{hold_end, promise_tokens, take_units};
use super::place::held_for;
use super::release::{lines_of, release, units_by_variant};
use crate::db::Tx;
use crate::entity::{
    Errand, PaymentState, RefundState, cart_line, order, order_line, parcel, payment, refund,
    store, variant,
};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::offer::coverage::{self, Settled};
use crate::payment::{CardToken, Charge, ChargeAnswer};
use crate::{Error, Market, Result, outbox};
use model::{
    CartId, Money, OrderId, OrderState, ParcelId, ProductId, ReleaseReason, RewardOutcome, StoreId,
    Tokens, TransferKind,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashSet};

/// The key an order's money is asked for under.
pub(crate) fn charge_key(order: OrderId) -> String {
    format!("charge:order:{order}")
}

/// What the provider is asked for.
pub(crate) fn ask(asked: &payment::Model) -> Charge {
    Charge {
        key: charge_key(asked.order_id),
        amount: asked.amount,
        card: CardToken(asked.method.clone()),
    }
}

/// Where an order stands.
pub(crate) async fn state(market: &Market, order: OrderId) -> Result<OrderState> {
    let row = order::Entity::find_by_id(order)
        .one(market.reader())
        .await?;
    Ok(row.ok_or(Error::NotFound("order"))?.state)
}

/// Does what the provider's answer says, once, however often it comes.
pub(crate) async fn answered(market: &Market, order: OrderId, answer: ChargeAnswer) -> Result<()> {
    market
        .db
        .write((order, answer), |tx, (order, answer)| {
            Box::pin(apply(tx, order, answer))
        })
        .await
}

async fn apply(tx: &Tx, id: OrderId, answer: ChargeAnswer) -> Result<()> {
    let find = order::Entity::find_by_id(id).lock_exclusive();
    let order = find.one(tx.db()).await?.ok_or(Error::NotFound("order"))?;
    let asked = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(id))
        .one(tx.db())
        .await?;
    let asked = asked.ok_or_else(|| Error::Broken(format!("order {id} has no payment")))?;
    if !matches!(asked.state, PaymentState::Asked | PaymentState::SecondStep) {
        return Ok(());
    }
    let mut changed = payment::ActiveModel {
        id: Set(asked.id),
        ..Default::default()
    };
    match answer {
        ChargeAnswer::SecondStep { url } => {
            changed.state = Set(PaymentState::SecondStep);
            changed.second_step_url = Set(url);
        }
        ChargeAnswer::Declined { reason } => {
            changed.state = Set(PaymentState::Declined);
            changed.decline_reason = Set(reason);
            changed.settled_at = Set(Some(tx.now));
            release(tx, id, ReleaseReason::Declined).await?;
        }
        ChargeAnswer::Paid => {
            let finished = paid(tx, order, asked.amount).await?;
            changed.state = Set(if finished {
                PaymentState::Paid
            } else {
                PaymentState::Late
            });
            changed.settled_at = Set(Some(tx.now));
        }
    }
    changed.update(tx.db()).await?;
    Ok(())
}

/// Finishes a paid order. When its hold had ended it is made again if possible; else the money goes back in full
/// and the answer is false (C4).
async fn paid(tx: &Tx, order: order::Model, amount: Money) -> Result<bool> {
    let mut journal = Journal::new();
    let mut lines = lines_of(tx, order.id).await?;
    if order.state == OrderState::Released && !hold_again(tx, order.cart_id, &mut lines).await? {
        let key = format!("late:order:{}", order.id);
        let about = About::order(order.id);
        journal.money(
            TransferKind::Late,
            key,
            AccountCode::Payments,
            AccountCode::Refunds,
            amount,
            about,
        );
        owe_back(tx, order.id, amount).await?;
        ledger::post(tx, journal).await?;
        return Ok(false);
    }
    if order.state == OrderState::Released {
        let mut round_two = Journal::new();
        for line in &lines {
            promise_tokens(line, &mut round_two)?;
        }
        ledger::post(tx, round_two).await?;
    }
    finish(tx, order, lines, journal).await?;
    Ok(true)
}

async fn finish(
    tx: &Tx,
    order: order::Model,
    lines: Vec<order_line::Model>,
    mut journal: Journal,
) -> Result<()> {
    for (variant, units) in units_by_variant(&lines) {
        variant::Entity::update_many()
            .col_expr(
                variant::Column::OnHand,
                Expr::col(variant::Column::OnHand).sub(units),
            )
            .col_expr(
                variant::Column::Held,
                Expr::col(variant::Column::Held).sub(units),
            )
            .filter(variant::Column::Id.eq(variant))
            .exec(tx.db())
            .await?;
    }
    coverage::lock_touched(tx, &lines).await?;
    coverage::settle(tx, &lines, Settled::Sold, &mut journal).await?;
    let products: Vec<ProductId> = lines.iter().map(|line| line.product_id).collect();
    coverage::trim(tx, &products, &mut journal).await?;

    let parcels = parcel::Entity::find().filter(parcel::Column::OrderId.eq(order.id));
    let parcels: BTreeMap<ParcelId, parcel::Model> = parcels
        .all(tx.db())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    pay_makers(&order, &parcels, &lines, &mut journal);
    reward_resellers(tx, &order, &parcels, &lines, &mut journal).await?;
    close(tx, &order, &lines).await?;
    ledger::post(tx, journal).await
}

/// The maker is owed goods and shipping less the fee, as if she had sold it herself (C5).
fn pay_makers(
    order: &order::Model,
    parcels: &BTreeMap<ParcelId, parcel::Model>,
    lines: &[order_line::Model],
    journal: &mut Journal,
) {
    let about = About::order(order.id);
    for parcel in parcels.values() {
        let own = || lines.iter().filter(|line| line.parcel_id == parcel.id);
        let goods: i64 = own().map(|line| line.price.0 * line.units).sum();
        let fee: i64 = own().map(|line| line.fee.0).sum();
        let payable = AccountCode::Payable(parcel.store_id);
        let (sale, fee_key) = (
            format!("sale:parcel:{}", parcel.id),
            format!("fee:parcel:{}", parcel.id),
        );
        let owed = Money(goods + parcel.shipping.0);
        journal.money(
            TransferKind::Sale,
            sale,
            AccountCode::Payments,
            payable,
            owed,
            about,
        );
        journal.money(
            TransferKind::Fee,
            fee_key,
            payable,
            AccountCode::Fees,
            Money(fee),
            about,
        );
    }
}

/// Each covered unit's tokens go to the reseller (R5), later if the market waits with rewards; on a purchase from
/// her own shelf they go back to the maker (R6).
async fn reward_resellers(
    tx: &Tx,
    order: &order::Model,
    parcels: &BTreeMap<ParcelId, parcel::Model>,
    lines: &[order_line::Model],
    journal: &mut Journal,
) -> Result<()> {
    let buyers_stores = stores_of_buyer(tx, order).await?;
    for line in lines.iter().filter(|line| line.covered_units > 0) {
        let tokens = coverage::promised(line)?;
        let about = About::line(order.id, line.id, line.offer_id);
        let from = AccountCode::Line(line.id);
        let mut changed = order_line::ActiveModel {
            id: Set(line.id),
            ..Default::default()
        };
        if buyers_stores.contains(&line.seller_id) {
            let parcel = parcels
                .get(&line.parcel_id)
                .ok_or_else(|| Error::Broken("a line without parcel".into()))?;
            let maker = AccountCode::Wallet(parcel.store_id);
            let key = format!("return:line:{}:{}", line.id, line.hold_round);
            journal.tokens(TransferKind::Return, key, from, maker, tokens, about);
            changed.reward_outcome = Set(RewardOutcome::OwnPurchase);
        } else if tx.settings.reward_pending_days > 0 {
            changed.reward_due_at = Set(Some(tx.now.plus_days(tx.settings.reward_pending_days)));
        } else {
            reward(line, tokens, journal);
            changed.reward_outcome = Set(paid_outcome(line, line.covered_units));
            changed.rewarded_units = Set(line.covered_units);
        }
        changed.update(tx.db()).await?;
    }
    Ok(())
}

/// Pays a line's reward. The key names the line: once, whatever is retried.
pub(crate) fn reward(line: &order_line::Model, tokens: Tokens, journal: &mut Journal) {
    let about = About::line(line.order_id, line.id, line.offer_id);
    let reseller = AccountCode::Wallet(line.seller_id);
    let key = format!("reward:line:{}", line.id);
    journal.tokens(
        TransferKind::Reward,
        key,
        AccountCode::Line(line.id),
        reseller,
        tokens,
        about,
    );
}

/// What a rewarded line says: whether all its units were.
pub(crate) fn paid_outcome(line: &order_line::Model, rewarded: i64) -> RewardOutcome {
    if rewarded < line.units {
        RewardOutcome::PaidInPart
    } else {
        RewardOutcome::Paid
    }
}

async fn stores_of_buyer(tx: &Tx, order: &order::Model) -> Result<HashSet<StoreId>> {
    let Some(buyer) = order.account_id else {
        return Ok(HashSet::new());
    };
    let mine = store::Entity::find()
        .filter(store::Column::OwnerId.eq(buyer))
        .all(tx.db())
        .await?;
    Ok(mine.into_iter().map(|row| row.id).collect())
}

/// Marks order and parcels as paid and takes what was bought out of the cart.
async fn close(tx: &Tx, order: &order::Model, lines: &[order_line::Model]) -> Result<()> {
    let row = order::ActiveModel {
        id: Set(order.id),
        state: Set(OrderState::Paid),
        release_reason: Set(None),
        paid_at: Set(Some(tx.now)),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    let paid = parcel::ActiveModel {
        paid_at: Set(Some(tx.now)),
        ..Default::default()
    };
    parcel::Entity::update_many()
        .set(paid)
        .filter(parcel::Column::OrderId.eq(order.id))
        .exec(tx.db())
        .await?;
    cart_line::Entity::delete_many()
        .filter(cart_line::Column::CartId.eq(order.cart_id))
        .filter(cart_line::Column::ListingId.is_in(lines.iter().map(|line| line.listing_id)))
        .filter(cart_line::Column::VariantId.is_in(lines.iter().map(|line| line.variant_id)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes stock and coverage again for an order whose hold had ended; false when a unit is missing, or when the
/// shopper is already paying for the same cart anew. Price and fee
/// stay as the shopper paid them, coverage is what is open now.
async fn hold_again(tx: &Tx, cart: CartId, lines: &mut [order_line::Model]) -> Result<bool> {
    if held_for(tx.db(), cart).await?.is_some() {
        return Ok(false);
    }
    let wanted = units_by_variant(lines);
    let find = variant::Entity::find().filter(variant::Column::Id.is_in(wanted.keys().copied()));
    let present = find
        .order_by_asc(variant::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    let enough = |row: &variant::Model| {
        wanted
            .get(&row.id)
            .is_some_and(|units| row.on_hand - row.held >= *units)
    };
    if present.len() != wanted.len() || !present.iter().all(enough) {
        return Ok(false);
    }
    for (variant, units) in &wanted {
        take_units(tx, *variant, *units).await?;
    }
    let resold: Vec<ProductId> = lines
        .iter()
        .filter(|l| l.reward_outcome != RewardOutcome::OwnShelf)
        .map(|l| l.product_id)
        .collect();
    let mut offers = coverage::lock_open(tx, &resold).await?;
    for line in lines
        .iter_mut()
        .filter(|l| l.reward_outcome != RewardOutcome::OwnShelf)
    {
        let had_escrow = line.offer_id.is_some();
        line.hold_round += 1;
        // Without an escrow account of its own from the first hold, a line stays uncovered.
        match offers.get_mut(&line.product_id) {
            Some(offer) if had_escrow && offer.open_units > 0 => {
                line.covered_units = std::cmp::min(offer.open_units, line.units);
                line.offer_id = Some(offer.id);
                line.rate = offer.rate;
                line.reward_outcome = RewardOutcome::Promised;
                offer.open_units -= line.covered_units;
                offer.held_units += line.covered_units;
            }
            _ => {
                line.covered_units = 0;
                line.reward_outcome = RewardOutcome::NotCovered;
            }
        }
        let changed = order_line::ActiveModel {
            id: Set(line.id),
            hold_round: Set(line.hold_round),
            covered_units: Set(line.covered_units),
            offer_id: Set(line.offer_id),
            rate: Set(line.rate),
            reward_outcome: Set(line.reward_outcome),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
    }
    coverage::save(tx, offers.values()).await?;
    let first = lines
        .first()
        .ok_or_else(|| Error::Broken("an order without lines".into()))?;
    let held = order::ActiveModel {
        id: Set(first.order_id),
        state: Set(OrderState::Held),
        release_reason: Set(None),
        hold_expires_at: Set(hold_end(tx)),
        ..Default::default()
    };
    held.update(tx.db()).await?;
    Ok(true)
}

/// Writes down that a whole payment goes back, and has the provider told.
async fn owe_back(tx: &Tx, order: OrderId, amount: Money) -> Result<()> {
    let key = format!("refund:late:order:{order}");
    let row = refund::ActiveModel {
        key: Set(key.clone()),
        order_id: Set(order),
        order_line_id: Set(None),
        units: Set(0),
        amount: Set(amount),
        state: Set(RefundState::Due),
        created_at: Set(tx.now),
        done_at: Set(None),
        ..Default::default()
    };
    let id = row.insert(tx.db()).await?.id;
    outbox::enqueue(tx, Errand::Refund, key, id.0).await
}
