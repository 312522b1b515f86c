use crate::checkout::settle;
use crate::entity::{outbox, payment, refund};
use crate::order::refund_done;
use crate::payment::{ChargeAnswer, ProviderError, Refund, in_time};
use crate::{Error, Market, Result};
use model::{OrderId, OrderState, RefundId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Asks the provider for an order's money and does what the answer says.
pub(super) async fn charge(market: &Market, row: &outbox::Model) -> Result<()> {
    let order = OrderId(row.subject_id);
    let asked = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .one(market.reader())
        .await?;
    let asked = asked.ok_or_else(|| Error::Broken(format!("order {order} has no payment")))?;
    if !settle::is_open(&asked) {
        // Whoever settled it has marked the row as done with it.
        return Ok(());
    }
    let state = settle::state(market, order).await?;
    ask_for(market, &asked, state).await?;
    Ok(())
}

/// Asks for money, for an order in this state, and does what the answer says. Gives the payment as it is then.
pub(super) async fn ask_for(
    market: &Market,
    asked: &payment::Model,
    state: OrderState,
) -> Result<payment::Model> {
    let ask = settle::ask(asked);
    let answer: ChargeAnswer = match state {
        // Nobody holds the stock any more: what has not been paid by now must never be (C4).
        OrderState::Released => in_time(market.payments.cancel(&ask)).await,
        OrderState::Held | OrderState::Paid => in_time(market.payments.charge(&ask)).await,
    }
    .map_err(no_answer)?;
    settle::answered(market, asked.order_id, answer).await
}

/// Has the provider pay money back, then notes that it did.
pub(super) async fn refund(market: &Market, row: &outbox::Model) -> Result<()> {
    let id = RefundId(row.subject_id);
    let due = refund::Entity::find_by_id(id).one(market.reader()).await?;
    let due = due.ok_or_else(|| Error::Broken(format!("refund {id} is gone")))?;
    let ask = Refund {
        key: row.key.clone(),
        charge: settle::charge_key(due.order_id),
        amount: due.amount,
    };
    in_time(market.payments.refund(&ask))
        .await
        .map_err(no_answer)?;
    refund_done(market, id).await
}

fn no_answer(error: ProviderError) -> Error {
    Error::Provider(error.to_string())
}
