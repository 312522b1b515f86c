//! Checkouts as the server makes them, without the server: hold, charge, settle.

use crate::Outcome;
use crate::database::WORKERS;
use crate::report::Figure;
use crate::town::{Cart, Town, told};
use market::{Market, checkout, random_code};
use model::{CardForm, CheckoutForm, CheckoutOutcome};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::task::JoinSet;

/// Carts of two lines of different makers, one of them through a reseller who is rewarded.
pub async fn spread(town: &Town<'_>, count: usize) -> Outcome<Figure> {
    let lines: Vec<_> = (0..count).map(Town::pair).collect();
    let lines: Vec<_> = lines.into_iter().map(|(a, b)| (a, Some(b))).collect();
    run(town, town.fill_carts(&lines).await?).await
}

/// Carts of one line through a reseller, all of the same product or each of another.
pub async fn single(town: &Town<'_>, count: usize, same: bool) -> Outcome<Figure> {
    let good = |number| if same { 0 } else { Town::pair(number).0 };
    let lines: Vec<_> = (0..count).map(|number| (good(number), None)).collect();
    run(town, town.fill_carts(&lines).await?).await
}

async fn run(town: &Town<'_>, carts: Vec<Cart>) -> Outcome<Figure> {
    let before = town.database.statements().await;
    let market = town.market.clone();
    let mut figure = by_workers(carts, move |cart| check_out(market.clone(), cart)).await?;
    if let (Some(before), Some(after)) = (before, town.database.statements().await) {
        figure.statements = Some(f64::from(i32::try_from(after - before)?));
    }
    Ok(figure)
}

/// Has the carts seen to by workers who each take the next one when they are done with theirs.
pub async fn by_workers<T, F>(
    items: Vec<T>,
    work: impl Fn(T) -> F + Clone + Send + 'static,
) -> Outcome<Figure>
where
    T: Copy + Send + Sync + 'static,
    F: Future<Output = Outcome> + Send,
{
    let made = u32::try_from(items.len())?;
    let (items, next) = (Arc::new(items), Arc::new(AtomicUsize::new(0)));
    let mut workers = JoinSet::new();
    let started = Instant::now();
    for _ in 0..WORKERS {
        let (items, next, work) = (items.clone(), next.clone(), work.clone());
        workers.spawn(async move {
            while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                work(*item).await?;
            }
            Ok(())
        });
    }
    for outcome in workers.join_all().await {
        let outcome: Outcome = outcome;
        outcome?;
    }
    Ok(Figure {
        made,
        took: started.elapsed(),
        statements: None,
    })
}

async fn check_out(market: Market, cart: Cart) -> Outcome {
    let request = form(&cart).validate().map_err(told)?;
    let card = card().validate().map_err(told)?;
    match checkout::place(&market, None, cart.id, request, card).await? {
        CheckoutOutcome::Paid { .. } => Ok(()),
        other => Err(format!("not paid: {other:?}").into()),
    }
}

/// What a shopper types.
pub fn form(cart: &Cart) -> CheckoutForm {
    CheckoutForm {
        email: "ada@example.com".to_owned(),
        name: "Ada Reed".to_owned(),
        line1: "4 Mill Lane".to_owned(),
        line2: String::new(),
        city: "Wells".to_owned(),
        postcode: "BA5 2XX".to_owned(),
        country: "United Kingdom".to_owned(),
        key: random_code(32),
        seen_total: cart.total().to_string(),
        seen: String::new(),
    }
}

/// A card that pays.
pub fn card() -> CardForm {
    CardForm {
        card_number: "4242 4242 4242 4242".to_owned(),
        expiry: "12/39".to_owned(),
        cvc: "123".to_owned(),
    }
}
