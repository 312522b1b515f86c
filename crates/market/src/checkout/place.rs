use super::charge::{charge_held, payment_of};
use super::hold::{Attempt, Held, hold, release_all};
use super::settle;
use crate::cart::with_merged;
use crate::code::secret;
use crate::db::{Tx, is_word};
use crate::entity::{PaymentState, order, payment};
use crate::payment::{ChargeAnswer, ProviderError, in_time};
use crate::task::to_its_end;
use crate::{Error, Market, Refusal, Result, outbox};
use model::{AccountId, CardForm, CartId, CheckoutOutcome, CheckoutRequest, OrderId, OrderState};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

/// Checks a cart out: holds everything in it, asks for the money, and finishes or gives the hold back by the
/// answer (C1, C2, C4). The same key sent again, even at the same time, is the same checkout. Once begun it goes on to
/// its end, whether or not the shopper waits for it.
///
/// # Errors
/// [`Error::Short`] with each short variant; [`Refusal::CartEmpty`]; [`Error::Changed`] or [`Refusal::TotalChanged`];
/// [`Refusal::HoldsFull`] when too much is set aside for her already;
/// [`Refusal::CardRefused`] when the provider does not take the card at all; [`Error::KeyReused`] when the key
/// stands for another checkout. The cart is kept in each case.
pub async fn place(
    market: &Market,
    buyer: Option<AccountId>,
    cart: CartId,
    request: CheckoutRequest,
    card: CardForm,
) -> Result<CheckoutOutcome> {
    let token = in_time(market.payments.card(&card))
        .await
        .map_err(|error| match error {
            ProviderError::Refused(reason) => Refusal::CardRefused(reason).into(),
            ProviderError::NoAnswer(reason) => Error::Provider(reason),
        })?;
    let source = match &market.from {
        Some(source) => Some(source.name_of_today(market).await?),
        None => None,
    };
    let attempt = Attempt {
        buyer,
        cart,
        request,
        provider: market.payments.name(),
        method: token.0,
        source,
        secret: secret(),
    };
    let market = market.clone();
    to_its_end(async move { try_to_pay(&market, attempt).await }).await
}

async fn try_to_pay(market: &Market, attempt: Attempt) -> Result<CheckoutOutcome> {
    for _ in 0..ROUNDS {
        let found = market
            .db
            .write_once(attempt.clone(), |tx, attempt| Box::pin(once(tx, attempt)))
            .await?;
        match found {
            Found::New(order, asked) => {
                let answered = charge_held(market, &asked).await?;
                return Ok(outcome(order, answered.unwrap_or(asked)));
            }
            Found::Made(order) => {
                outbox::run_now(market, &settle::charge_key(order.id)).await?;
                return what_became_of(market, order).await;
            }
            Found::Earlier(orders) => {
                if let Some(paid) = give_up_all(market, orders).await? {
                    return what_became_of(market, paid).await;
                }
            }
            Found::Expired(holds) => release_all(market, holds).await?,
        }
    }
    Err(Refusal::PaymentOpen.into())
}

/// A checkout may have to end an earlier attempt and holds whose time is over before it can hold. When it still meets
/// one after that, others are at the same cart.
const ROUNDS: usize = 3;

/// What a checkout comes upon.
enum Found {
    /// Nothing in its way: it has a hold, and this is to be paid.
    New(order::Model, payment::Model),
    /// Itself, sent before.
    Made(order::Model),
    /// Earlier attempts to pay for the same lines: one, unless carts with attempts of their own were merged.
    Earlier(Vec<order::Model>),
    /// Holds whose time is over and that keep something it needs (C3).
    Expired(Vec<OrderId>),
}

/// The order under this key, or a new hold, unless something has to end first.
async fn once(tx: &Tx, attempt: Attempt) -> Result<Found> {
    // Two checkouts of one cart wait for each other: the second must find the first one's order, not its stock gone.
    let carts = with_merged(tx, attempt.cart).await?;
    let key = attempt.request.key.as_str();
    let on_hold = Condition::all()
        .add(order::Column::CartId.is_in(carts.iter().copied()))
        .add(is_word(order::Column::State, OrderState::Held.as_str()));
    let before = Condition::any()
        .add(order::Column::Key.eq(key))
        .add(on_hold);
    let before = order::Entity::find()
        .filter(before)
        .order_by_asc(order::Column::Id);
    let mut before = before.all(tx.db()).await?;
    if let Some(at) = before.iter().position(|order| order.key == key) {
        let made = before.swap_remove(at);
        let is_hers = carts.contains(&made.cart_id);
        let is_same = is_hers && made.fingerprint == attempt.fingerprint();
        if !is_same {
            return Err(Error::KeyReused(made.key));
        }
        if made.secret != attempt.secret {
            return Ok(Found::Made(made));
        }
        // This very attempt made it, and was not told that it was committed: its call is this process's to make.
        let asked = payment::Entity::find().filter(payment::Column::OrderId.eq(made.id));
        let asked = asked.one(tx.db()).await?;
        let asked =
            asked.ok_or_else(|| Error::Broken(format!("order {} has no payment", made.id)))?;
        return Ok(Found::New(made, asked));
    }
    if !before.is_empty() {
        return Ok(Found::Earlier(before));
    }
    Ok(match hold(tx, attempt).await? {
        Held::All(order_and_charge) => {
            let (order, asked) = *order_and_charge;
            Found::New(order, asked)
        }
        Held::Behind(expired) => Found::Expired(expired),
    })
}

/// Ends the earlier attempts to pay for these lines, so that no shopper pays twice. Gives one that is paid already.
async fn give_up_all(market: &Market, earlier: Vec<order::Model>) -> Result<Option<order::Model>> {
    let mut paid = None;
    for order in earlier {
        if give_up(market, order.id).await? == ChargeAnswer::Paid {
            paid = Some(order);
        }
    }
    Ok(paid)
}

/// Ends an earlier attempt and tells what became of it.
async fn give_up(market: &Market, earlier: OrderId) -> Result<ChargeAnswer> {
    let ask = settle::ask(&payment_of(market, earlier).await?);
    let answer = in_time(market.payments.cancel(&ask))
        .await
        .map_err(|_| Refusal::PaymentOpen)?;
    settle::answered(market, earlier, answer.clone()).await?;
    Ok(answer)
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
    what_became_of(market, order).await
}

async fn what_became_of(market: &Market, order: order::Model) -> Result<CheckoutOutcome> {
    let asked = payment_of(market, order.id).await?;
    Ok(outcome(order, asked))
}

fn outcome(order: order::Model, asked: payment::Model) -> CheckoutOutcome {
    let secret = order.secret;
    match asked.state {
        PaymentState::Paid | PaymentState::Late => CheckoutOutcome::Paid { secret },
        PaymentState::Asked => CheckoutOutcome::Waiting { secret },
        PaymentState::SecondStep => CheckoutOutcome::SecondStep {
            url: asked.second_step_url,
        },
        PaymentState::Declined => CheckoutOutcome::Declined {
            reason: asked.decline_reason,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::empty_market;
    use crate::{account, cart, product, store};
    use model::{CheckoutForm, Currency, ProductForm, SignUpForm, StoreForm, VariantForm};

    /// An attempt to pay for a mug.
    async fn attempt(market: &Market) -> Attempt {
        let person = SignUpForm {
            name: "Ada Reed".into(),
            email: "ada@post.example".into(),
            password: "a shelf of one's own".into(),
        };
        let account = account::sign_up(market, person.validate().unwrap()).await;
        let signed = account::signed(market, account.unwrap()).await.unwrap();
        let form = StoreForm {
            name: "Kiln".into(),
            ships_free: "true".into(),
            ..StoreForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let owner = store::open(market, &signed, new).await.unwrap();
        let form = ProductForm {
            title: "A mug".into(),
            category: "kitchen".into(),
            variants: vec![VariantForm {
                price: "12".into(),
                stock: "9".into(),
                ..VariantForm::default()
            }],
            ..ProductForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let mug = product::create(market, owner, new).await.unwrap();
        product::publish(market, owner, mug).await.unwrap();
        let page = product::page(market, "kiln", "a-mug", None).await.unwrap();
        let cart = cart::new(market, None).await.unwrap();
        let (listing, variant) = (page.listing.unwrap(), page.variants[0].id);
        cart::add(market, cart, listing, variant, 1).await.unwrap();
        let form = CheckoutForm {
            email: "guest@post.example".into(),
            name: "A guest".into(),
            line1: "1 Road".into(),
            city: "Town".into(),
            country: "Land".into(),
            key: "a".repeat(20),
            seen_total: "1200".into(),
            ..CheckoutForm::default()
        };
        Attempt {
            buyer: None,
            cart,
            request: form.validate().unwrap(),
            provider: "sandbox",
            method: "card_4242".into(),
            source: None,
            secret: secret(),
        }
    }

    async fn run(market: &Market, attempt: &Attempt) -> Found {
        let run = market
            .db
            .write(attempt.clone(), |tx, attempt| Box::pin(once(tx, attempt)));
        run.await.unwrap()
    }

    #[tokio::test]
    async fn rule_l4_an_attempt_that_was_committed_and_not_told_so_is_taken_up_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let market = empty_market(&folder).await;
        let attempt = attempt(&market).await;
        let Found::New(made, _) = run(&market, &attempt).await else {
            panic!("nothing is in its way");
        };
        let Found::New(found, asked) = run(&market, &attempt).await else {
            panic!("the call is still its own to make");
        };
        assert_eq!((found.id, asked.order_id), (made.id, made.id));
        // The same form sent again is somebody else, who must not make the call as well.
        let other = Attempt {
            secret: secret(),
            ..attempt
        };
        assert!(matches!(run(&market, &other).await, Found::Made(order) if order.id == made.id));
    }
}
