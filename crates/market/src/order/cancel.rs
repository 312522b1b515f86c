use super::parcel::owned;
use super::reward::still_covered;
use crate::db::{Locked, Tx};
use crate::entity::{Errand, RefundState, order_line, parcel, refund};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::store::Owner;
use crate::sums::{self, InBounds, less, plus};
use crate::{Error, Market, Refusal, Result, outbox, stock};
use model::{CancelUnits, Money, OrderLineId, ParcelId, ParcelState, RewardOutcome, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Cancels units of a line (C6): money back to the shopper, its share of the fee back to the maker, stock back if
/// she says so. When nothing is left in a parcel that has not left, its shipping goes back too. A reward not yet
/// paid returns to her; a paid one stays with the reseller. Gives what the shopper gets back.
///
/// # Errors
/// [`Refusal::CancelTooMany`]; [`Refusal::ParcelChanged`] when that is not what was shown; [`Refusal::RestockFull`];
/// [`Error::NotFound`] for another maker's line; [`Error::KeyReused`] when the key
/// stands for another cancellation.
pub async fn cancel(
    market: &Market,
    owner: Owner,
    line: OrderLineId,
    ask: CancelUnits,
) -> Result<Money> {
    let done = market
        .db
        .write((owner, line, ask), |tx, (owner, line, ask)| {
            Box::pin(once(tx, owner, line, ask))
        });
    let refund = done.await?;
    // The money is on its way as soon as the rows are; if the provider does not answer, a job goes on asking.
    outbox::run_now(market, &refund.key).await?;
    Ok(refund.amount)
}

async fn once(tx: &Tx, owner: Owner, id: OrderLineId, ask: CancelUnits) -> Result<refund::Model> {
    let unlocked = order_line::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("order line"))?;
    let parcel = owned(tx, owner, unlocked.parcel_id).await?;
    let key = format!("refund:cancel:{id}:{}", ask.key);
    let restocked = if ask.restock { ask.units } else { 0 };
    if let Some(done) = refund::Entity::find()
        .filter(refund::Column::Key.eq(key.as_str()))
        .one(tx.db())
        .await?
    {
        return if (done.units, done.restocked_units) == (ask.units, restocked) {
            Ok(done)
        } else {
            Err(Error::KeyReused(key))
        };
    }
    let find = order_line::Entity::find_by_id(id).locked();
    let line = find
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("order line"))?;
    let left = left(&line);
    if ask.units > left {
        return Err(Refusal::CancelTooMany { left }.into());
    }
    if let Some(shown) = ask.standing {
        let lines = lines_in(tx, parcel.id).await?;
        if shown != standing(&parcel, &line, &lines) {
            return Err(Refusal::ParcelChanged.into());
        }
    }
    let cancelled = plus(line.cancelled_units, ask.units)?;
    if restocked > 0 {
        stock::restock(tx, line.variant_id, restocked).await?;
    }
    let mut journal = Journal::new();
    let shipping = shipping_back(tx, &parcel, &line, cancelled).await?;
    let goods = line.goods(ask.units)?;
    let amount = goods.plus(shipping).in_bounds()?;
    let made = record(tx, &line, key, (ask.units, restocked), amount).await?;
    pay_back(&parcel, &line, &made, cancelled, &mut journal)?;
    let changed = reward_after(&parcel, &line, cancelled, &made, &mut journal)?;
    let changed = order_line::ActiveModel {
        cancelled_units: Set(cancelled),
        restocked_units: Set(plus(line.restocked_units, restocked)?),
        ..changed
    };
    changed.update(tx.db()).await?;
    ledger::post(tx, journal).await?;
    Ok(made)
}

/// Units of a line that are not cancelled.
pub(super) fn left(line: &order_line::Model) -> i64 {
    line.units.saturating_sub(line.cancelled_units)
}

/// What a cancellation starts from: units left of the line and of its parcel, and whether shipping would go back too.
pub(super) fn standing(
    parcel: &parcel::Model,
    line: &order_line::Model,
    lines: &[order_line::Model],
) -> String {
    let own = lines.iter().filter(|other| other.parcel_id == parcel.id);
    let of_parcel = sums::shown(own.map(left));
    let place = if is_here(parcel) { "here" } else { "gone" };
    format!("{} of {of_parcel}, {place}", left(line))
}

/// The parcel has not left.
fn is_here(parcel: &parcel::Model) -> bool {
    matches!(parcel.state, ParcelState::New | ParcelState::Packed)
}

async fn lines_in(tx: &Tx, parcel: ParcelId) -> Result<Vec<order_line::Model>> {
    let find = order_line::Entity::find().filter(order_line::Column::ParcelId.eq(parcel));
    Ok(find.all(tx.db()).await?)
}

/// The parcel's shipping, if this empties a parcel that has not left; it is then marked as cancelled.
async fn shipping_back(
    tx: &Tx,
    parcel: &parcel::Model,
    line: &order_line::Model,
    cancelled: i64,
) -> Result<Money> {
    let mut others = lines_in(tx, parcel.id).await?;
    others.retain(|other| other.id != line.id);
    let empty = cancelled == line.units && others.iter().all(|other| left(other) == 0);
    if !empty || !is_here(parcel) {
        return Ok(Money::ZERO);
    }
    let row = parcel::ActiveModel {
        id: Set(parcel.id),
        state: Set(ParcelState::Cancelled),
        shipping_refunded: Set(true),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(parcel.shipping)
}

async fn record(
    tx: &Tx,
    line: &order_line::Model,
    key: String,
    (units, restocked): (i64, i64),
    amount: Money,
) -> Result<refund::Model> {
    let row = refund::ActiveModel {
        key: Set(key.clone()),
        order_id: Set(line.order_id),
        order_line_id: Set(Some(line.id)),
        units: Set(units),
        restocked_units: Set(restocked),
        amount: Set(amount),
        state: Set(RefundState::Due),
        created_at: Set(tx.now),
        done_at: Set(None),
        ..Default::default()
    };
    let row = row.insert(tx.db()).await?;
    outbox::enqueue(tx, Errand::Refund, key, row.id.0).await?;
    Ok(row)
}

/// The maker owes the refund; the market gives its share of the fee back.
fn pay_back(
    parcel: &parcel::Model,
    line: &order_line::Model,
    made: &refund::Model,
    cancelled: i64,
    journal: &mut Journal,
) -> Result<()> {
    let payable = AccountCode::Payable(parcel.store_id);
    let about = About::line(line.order_id, line.id, None);
    let owed = format!("owed:refund:{}", made.id);
    journal.money(
        TransferKind::RefundOwed,
        owed,
        payable,
        AccountCode::Refunds,
        made.amount,
        about,
    );
    let fee = less(
        line.fee_of(cancelled)?.0,
        line.fee_of(line.cancelled_units)?.0,
    )?;
    let key = format!("fee-back:refund:{}", made.id);
    journal.money(
        TransferKind::FeeBack,
        key,
        AccountCode::Fees,
        payable,
        Money(fee),
        about,
    );
    Ok(())
}

/// A reward that still waits shrinks to the units that stay sold; the difference returns to the maker.
fn reward_after(
    parcel: &parcel::Model,
    line: &order_line::Model,
    cancelled: i64,
    made: &refund::Model,
    journal: &mut Journal,
) -> Result<order_line::ActiveModel> {
    let mut changed = order_line::ActiveModel {
        id: Set(line.id),
        ..Default::default()
    };
    if line.reward_due_at.is_none() {
        return Ok(changed);
    }
    let stays = still_covered(line, cancelled);
    let goes = less(still_covered(line, line.cancelled_units), stays)?;
    let tokens = line.tokens(goes)?;
    let key = format!("return:refund:{}", made.id);
    let about = About::line(line.order_id, line.id, line.offer_id);
    let (from, to) = (
        AccountCode::Line(line.id),
        AccountCode::Wallet(parcel.store_id),
    );
    journal.tokens(TransferKind::Return, key, from, to, tokens, about);
    if stays == 0 {
        changed.reward_due_at = Set(None);
        changed.reward_outcome = Set(RewardOutcome::Returned);
    }
    Ok(changed)
}
