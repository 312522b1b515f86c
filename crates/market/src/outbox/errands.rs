use crate::checkout::settle;
use crate::entity::{outbox, payment, refund};
use crate::order::refund_done;
use crate::payment::{ChargeAnswer, ProviderError, Refund};
use crate::{Error, Market, Result};
use model::{OrderId, OrderState, RefundId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::future::Future;
use std::time::Duration;

/// How long the provider has for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

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
        OrderState::Released => answered(market.payments.cancel(&ask)).await?,
        OrderState::Held | OrderState::Paid => answered(market.payments.charge(&ask)).await?,
    };
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
    answered(market.payments.refund(&ask)).await?;
    refund_done(market, id).await
}

async fn answered<T>(call: impl Future<Output = Result<T, ProviderError>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(answer) => answer.map_err(|error| Error::Provider(error.to_string())),
        Err(_) => Err(Error::Provider("no answer in time".into())),
    }
}
