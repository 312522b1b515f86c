use super::hold::{Attempt, hold};
use super::{release, settle};
use crate::db::Tx;
use crate::entity::{PaymentState, cart, order, payment};
use crate::payment::{ChargeAnswer, ProviderError};
use crate::{Error, Market, Refusal, Result, outbox};
use model::{AccountId, CardForm, CartId, CheckoutOutcome, CheckoutRequest, OrderId, OrderState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// Checks a cart out: holds everything in it, asks for the money, and finishes or gives the hold back by the
/// answer (C1, C2, C4). The same key sent again, even at the same time, is the same checkout.
///
/// # Errors
/// [`Error::Short`] with each short variant; [`Refusal::CartEmpty`]; [`Refusal::TotalChanged`];
/// [`Refusal::CardRefused`] when the provider does not take the card at all; [`Error::KeyReused`] when the key
/// stands for another checkout. The cart is kept in each case.
pub async fn place(
    market: &Market,
    buyer: Option<AccountId>,
    cart: CartId,
    request: CheckoutRequest,
    card: CardForm,
) -> Result<CheckoutOutcome> {
    let token = market
        .payments
        .card(&card)
        .await
        .map_err(|error| match error {
            ProviderError::Refused(reason) => Refusal::CardRefused(reason).into(),
            ProviderError::NoAnswer(reason) => Error::Provider(reason),
        })?;
    let attempt = Attempt {
        buyer,
        cart,
        request,
        provider: market.payments.name(),
        method: token.0,
    };
    release::release_expired(market).await?;
    if let Some(paid) = give_up_earlier(market, cart, &attempt.request.key).await? {
        return outcome(market, paid).await;
    }
    let order = market
        .db
        .write(attempt, |tx, attempt| Box::pin(once(tx, attempt)))
        .await?;
    outbox::run_now(market, &settle::charge_key(order.id)).await?;
    outcome(market, order).await
}

/// Ends an earlier attempt to pay for this cart, so that no shopper pays twice. If it turns out to be paid, that is
/// the order.
async fn give_up_earlier(market: &Market, cart: CartId, key: &str) -> Result<Option<order::Model>> {
    let earlier = held_for(market.reader(), cart).await?;
    let Some(earlier) = earlier.filter(|order| order.key != key) else {
        return Ok(None);
    };
    let ask = settle::ask(&payment_of(market, earlier.id).await?);
    let answer = market
        .payments
        .cancel(&ask)
        .await
        .map_err(|_| Refusal::PaymentOpen)?;
    settle::answered(market, earlier.id, answer.clone()).await?;
    Ok((answer == ChargeAnswer::Paid).then_some(earlier))
}

/// The attempt to pay for a cart that is under way; there is at most one.
pub(super) async fn held_for(
    db: &impl ConnectionTrait,
    cart: CartId,
) -> Result<Option<order::Model>> {
    let find = order::Entity::find()
        .filter(order::Column::CartId.eq(cart))
        .filter(order::Column::State.eq(OrderState::Held));
    Ok(find.one(db).await?)
}

/// The order under this key, or a new hold.
async fn once(tx: &Tx, attempt: Attempt) -> Result<order::Model> {
    // Two checkouts of one cart wait for each other: the second must find the first one's order, not its stock gone.
    let cart = cart::Entity::find_by_id(attempt.cart).lock_exclusive();
    cart.one(tx.db()).await?;
    let key = attempt.request.key.clone();
    let find = || {
        order::Entity::find()
            .filter(order::Column::Key.eq(key.as_str()))
            .one(tx.db())
    };
    if let Some(made) = find().await? {
        return if made.fingerprint == attempt.fingerprint() {
            Ok(made)
        } else {
            Err(Error::KeyReused(key))
        };
    }
    if held_for(tx.db(), attempt.cart).await?.is_some() {
        return Err(Refusal::PaymentOpen.into());
    }
    let id = hold(tx, attempt).await?;
    order::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("order"))
}

/// Asks again what became of a checkout: after the second step, or while the provider has not answered.
///
/// # Errors
/// [`Error::NotFound`] for an unknown secret.
pub async fn resume(market: &Market, secret: &str) -> Result<CheckoutOutcome> {
    let find = order::Entity::find().filter(order::Column::Secret.eq(secret));
    let order = find
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("order"))?;
    if order.state != OrderState::Paid {
        outbox::run_now(market, &settle::charge_key(order.id)).await?;
    }
    outcome(market, order).await
}

async fn outcome(market: &Market, order: order::Model) -> Result<CheckoutOutcome> {
    let asked = payment_of(market, order.id).await?;
    let secret = order.secret;
    Ok(match asked.state {
        PaymentState::Paid | PaymentState::Late => CheckoutOutcome::Paid { secret },
        PaymentState::Asked => CheckoutOutcome::Waiting { secret },
        PaymentState::SecondStep => CheckoutOutcome::SecondStep {
            url: asked.second_step_url,
        },
        PaymentState::Declined => CheckoutOutcome::Declined {
            reason: asked.decline_reason,
        },
    })
}

async fn payment_of(market: &Market, order: OrderId) -> Result<payment::Model> {
    let find = payment::Entity::find().filter(payment::Column::OrderId.eq(order));
    let asked = find.one(market.reader()).await?;
    asked.ok_or_else(|| Error::Broken(format!("order {order} has no payment")))
}
