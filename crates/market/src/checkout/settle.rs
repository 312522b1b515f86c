//! What the provider's answer does: the order is finished once, or its hold is given back, or the money is.

use super::finish::finish;
use super::hold::{self, promise_again, release};
use super::unfinished::unfinished;
use crate::cart::{Lines, lines_of};
use crate::db::{Locked, Tx};
use crate::entity::{Errand, PaymentState, RefundState, order, payment, refund};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::offer::coverage;
use crate::payment::{CardToken, Charge, ChargeAnswer};
use crate::{Error, Market, Result, outbox, stock};
use model::{Money, OrderId, OrderState, ReleaseReason, TransferKind};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DerivePartialModel, EntityTrait,
    ExprTrait, QueryFilter, QuerySelect,
};

/// The key an order's money is asked for under.
pub(crate) fn charge_key(order: OrderId) -> String {
    format!("charge:order:{order}")
}

/// What the provider is asked for.
pub(super) fn ask(asked: &payment::Model) -> Charge {
    Charge {
        key: charge_key(asked.order_id),
        amount: asked.amount,
        card: CardToken(asked.method.clone()),
    }
}

/// The provider has not had the last word yet.
pub(super) fn is_open(asked: &payment::Model) -> bool {
    matches!(asked.state, PaymentState::Asked | PaymentState::SecondStep)
}

/// Where an order stands.
pub(super) async fn state(market: &Market, order: OrderId) -> Result<OrderState> {
    let row = order::Entity::find_by_id(order)
        .one(market.reader())
        .await?;
    Ok(row.ok_or(Error::NotFound("order"))?.state)
}

/// Does what the provider's answer says, once, however often it comes. Gives the payment as it is then. An order that
/// is paid and can't be finished is given up: all of the money goes back (C4).
pub(super) async fn answered(
    market: &Market,
    order: OrderId,
    answer: ChargeAnswer,
) -> Result<payment::Model> {
    let is_paid = answer == ChargeAnswer::Paid;
    let done = market
        .db
        .write_once((order, answer), |tx, (order, answer)| {
            Box::pin(apply(tx, order, answer))
        });
    match done.await {
        Err(problem) if is_paid => unfinished(market, order, problem).await,
        done => done,
    }
}

/// An order and what was asked for it.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "order::Entity")]
pub(super) struct Asked {
    #[sea_orm(nested)]
    pub order: order::Model,
    #[sea_orm(nested)]
    pub payment: payment::Model,
}

/// Locks both rows: whoever comes second must see the state that the first left the payment in.
pub(super) async fn lock(tx: &Tx, id: OrderId) -> Result<Asked> {
    let mut find = order::Entity::find_by_id(id).locked();
    let its_payment = Expr::col((payment::Entity, payment::Column::OrderId))
        .equals((order::Entity, order::Column::Id));
    QuerySelect::query(&mut find).inner_join(payment::Entity, its_payment);
    let asked = find.into_partial_model::<Asked>().one(tx.db()).await?;
    asked.ok_or_else(|| Error::Broken(format!("order {id} has no payment")))
}

async fn apply(tx: &Tx, id: OrderId, answer: ChargeAnswer) -> Result<payment::Model> {
    let Asked { order, payment } = lock(tx, id).await?;
    if !is_open(&payment) {
        return Ok(payment);
    }
    let mut changed = payment::ActiveModel {
        id: Set(payment.id),
        ..Default::default()
    };
    let key = charge_key(id);
    if let ChargeAnswer::SecondStep { url } = answer {
        changed.state = Set(PaymentState::SecondStep);
        changed.second_step_url = Set(url);
        outbox::later(tx, &key, String::new()).await?;
        return Ok(changed.update(tx.db()).await?);
    }
    let mut journal = Journal::new();
    changed.settled_at = Set(Some(tx.now));
    changed.state = Set(match answer {
        ChargeAnswer::Declined { reason } => {
            changed.decline_reason = Set(reason);
            release(tx, id, ReleaseReason::Declined, &mut journal).await?;
            PaymentState::Declined
        }
        _ => paid(tx, &order, payment.amount, &mut journal).await?,
    });
    outbox::done(tx, &key).await?;
    let payment = changed.update(tx.db()).await?;
    ledger::post(tx, journal).await?;
    Ok(payment)
}

/// Finishes a paid order. When its hold had ended, stock and coverage are taken anew if possible; else the money goes
/// back in full (C4).
async fn paid(
    tx: &Tx,
    order: &order::Model,
    amount: Money,
    journal: &mut Journal,
) -> Result<PaymentState> {
    let (mut lines, parcels) = hold::with_parcels(tx, order.id).await?;
    let units = hold::units(&lines)?;
    let on_hold = order.state == OrderState::Held;
    let wanted = lines_of(tx, order.cart_id).await?;
    let pays_anew = !on_hold && is_paying_anew(tx, order, &wanted).await?;
    let stock = stock::lock(tx, lines.iter().map(|line| line.product_id)).await?;
    if !on_hold && (pays_anew || !stock::has(&stock, &units)) {
        give_money_back(tx, order.id, amount, journal).await?;
        return Ok(PaymentState::Late);
    }
    let mut offers = coverage::lock_touched(tx, &lines).await?;
    if !on_hold {
        promise_again(tx, &mut lines, &mut offers, journal).await?;
    }
    stock::sell(tx, &units, on_hold).await?;
    let on_hand = stock::on_hand_after(&stock, &units)?;
    coverage::sold(tx, &lines, offers, &on_hand, journal).await?;
    finish(tx, order, wanted.cart(), &parcels, &lines, journal).await?;
    Ok(PaymentState::Paid)
}

/// Whether the shopper has begun to pay for the same lines again, or has paid for them: in the same cart, or in the one
/// they have moved into. That cart is locked, so a checkout of it that begins right now waits until it is known what
/// became of this one.
async fn is_paying_anew(tx: &Tx, order: &order::Model, wanted: &Lines) -> Result<bool> {
    let mut same_lines = Condition::any().add(order::Column::CartId.eq(wanted.first));
    if let Some((into, at)) = wanted.moved {
        let since = Condition::all()
            .add(order::Column::CartId.eq(into))
            .add(order::Column::CreatedAt.gte(at));
        same_lines = same_lines.add(since);
    }
    let later = order::Entity::find()
        .filter(same_lines)
        .filter(order::Column::Id.gt(order.id))
        .filter(order::Column::State.ne(OrderState::Released));
    Ok(later.one(tx.db()).await?.is_some())
}

/// Writes down that a payment that bought nothing goes back in full, and has the provider told.
pub(super) async fn give_money_back(
    tx: &Tx,
    order: OrderId,
    amount: Money,
    journal: &mut Journal,
) -> Result<()> {
    journal.money(
        TransferKind::Late,
        format!("late:order:{order}"),
        AccountCode::Payments,
        AccountCode::Refunds,
        amount,
        About::order(order),
    );
    let key = format!("refund:late:order:{order}");
    let row = refund::ActiveModel {
        key: Set(key.clone()),
        order_id: Set(order),
        order_line_id: Set(None),
        units: Set(0),
        restocked_units: Set(0),
        amount: Set(amount),
        state: Set(RefundState::Due),
        created_at: Set(tx.now),
        done_at: Set(None),
        ..Default::default()
    };
    let id = row.insert(tx.db()).await?.id;
    outbox::enqueue(tx, Errand::Refund, key, id.0).await
}
