//! Asking the provider for an order's money, outside of any transaction.

use super::settle;
use crate::entity::payment;
use crate::payment::{ChargeAnswer, in_time};
use crate::{Error, Market, Result, outbox};
use model::{OrderId, OrderState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Asks for an order's money and does what the answer says.
pub(crate) async fn charge(market: &Market, order: OrderId) -> Result<()> {
    let asked = payment_of(market, order).await?;
    if !settle::is_open(&asked) {
        // Whoever settled it has marked the call as done with it.
        return Ok(());
    }
    let state = settle::state(market, order).await?;
    ask(market, &asked, state).await?;
    Ok(())
}

/// Asks for the money of a hold that was just made, whose call this process has taken. `None` when there is no answer
/// yet: a job goes on asking.
pub(super) async fn charge_held(
    market: &Market,
    asked: &payment::Model,
) -> Result<Option<payment::Model>> {
    let key = settle::charge_key(asked.order_id);
    let answer = ask(market, asked, OrderState::Held).await;
    outbox::or_later(market, &key, answer).await
}

/// Asks for money, for an order in this state, and does what the answer says. Gives the payment as it is then.
async fn ask(market: &Market, asked: &payment::Model, state: OrderState) -> Result<payment::Model> {
    let ask = settle::ask(asked);
    let answer: ChargeAnswer = match state {
        // Nobody holds the stock any more: what has not been paid by now must never be (C4).
        OrderState::Released => in_time(market.payments.cancel(&ask)).await,
        OrderState::Held | OrderState::Paid => in_time(market.payments.charge(&ask)).await,
    }?;
    settle::answered(market, asked.order_id, answer).await
}

/// What was asked for an order.
pub(super) async fn payment_of(market: &Market, order: OrderId) -> Result<payment::Model> {
    let find = payment::Entity::find().filter(payment::Column::OrderId.eq(order));
    let asked = find.one(market.reader()).await?;
    asked.ok_or_else(|| Error::Broken(format!("order {order} has no payment")))
}
