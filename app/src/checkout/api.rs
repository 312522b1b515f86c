use crate::done::Done;
use crate::error::{AppError, AppResult};
use crate::paths;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{CardForm, CheckoutForm, CheckoutOutcome, CheckoutView, FieldError, StepView};

/// What the checkout shows.
#[server(protocol = Reading)]
pub async fn read_checkout() -> AppResult<CheckoutView> {
    const KEY: usize = 32;
    let cart = crate::cart::api::read_cart().await?;
    Ok(CheckoutView {
        cart,
        key: market::random_code(KEY),
    })
}

/// Whoever comes here without a cart may have had one with her account.
#[cfg(feature = "ssr")]
const EMPTY_CART: &str = "There is nothing in your cart. If you were logged in before, log in again: what you had in it is kept.";

/// Checks the cart out and pays.
#[server]
pub async fn place_order(form: CheckoutForm, card: CardForm) -> AppResult<Done> {
    use crate::server::{market, session, viewer};
    let (request, card) = both(form.validate(), card.validate())?;
    let cart = session::cart()
        .await?
        .ok_or_else(|| AppError::Conflict(EMPTY_CART.to_owned()))?;
    let buyer = viewer().await?.signed().map(|signed| signed.account());
    way_on(market::checkout::place(&market()?, buyer, cart, request, card).await?)
}

/// What the sandbox bank asks in its second step.
#[server(protocol = Reading)]
pub async fn read_step(code: String) -> AppResult<StepView> {
    Ok(market::payment::sandbox::challenge(&crate::server::market()?, &code).await?)
}

/// Answers the sandbox bank, and goes back to the order as a real bank's page would.
#[server]
pub async fn answer_step(code: String, approve: bool) -> AppResult<Done> {
    let market = crate::server::market()?;
    let secret = market::payment::sandbox::answer_challenge(&market, &code, approve).await?;
    market::checkout::resume(&market, &secret).await?;
    Ok(Done::go(paths::order(&secret)))
}

/// Where the shopper goes after pressing pay. A declined card is a matter of the card's field: everything else
/// that was typed stays.
#[cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "only the server has outcomes")
)]
fn way_on(outcome: CheckoutOutcome) -> AppResult<Done> {
    match outcome {
        CheckoutOutcome::Paid { secret } | CheckoutOutcome::Waiting { secret } => {
            Ok(Done::go(paths::order(&secret)))
        }
        CheckoutOutcome::SecondStep { url } => Ok(Done::go(url)),
        CheckoutOutcome::Declined { reason } => Err(AppError::Declined(reason)),
    }
}

/// Both checked values, or everything that is wrong with either.
#[cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "only the server checks")
)]
fn both<A, B>(
    one: Result<A, Vec<FieldError>>,
    other: Result<B, Vec<FieldError>>,
) -> Result<(A, B), Vec<FieldError>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => {
            let mut wrong = one.err().unwrap_or_default();
            wrong.extend(other.err().unwrap_or_default());
            Err(wrong)
        }
    }
}
