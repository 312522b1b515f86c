use super::Said;
use crate::product::variants_of;
use crate::{Market, Result};
use model::{ProductId, ProductNow, VariantNow, limits};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// So many are told of at a time.
const AT_ONCE: usize = 500;

/// Between two rounds: what changes several times meanwhile is told once.
const PAUSE: Duration = Duration::from_millis(100);

/// Between two attempts to read how products stand.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Tells whoever watches how products stand, until `stop` says so. One in each process does.
pub async fn tell(market: &Market, mut stop: watch::Receiver<bool>) {
    let live = &market.live;
    loop {
        tokio::select! {
            () = live.0.wake.notified() => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
        let pause = match round(market).await {
            Ok(()) => PAUSE,
            Err(error) => {
                tracing::warn!(%error, "open pages could not be told how products stand");
                TRY_AGAIN
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    live.say(Said::Over);
}

async fn round(market: &Market) -> Result<()> {
    let live = &market.live;
    let products = take(&mut live.asked());
    if products.is_empty() {
        return Ok(());
    }
    match now(market, &products).await {
        Ok(lines) => live.say(Said::Products(lines.into())),
        Err(error) => {
            live.changed(&products.into_iter().collect());
            return Err(error);
        }
    }
    if !live.asked().is_empty() {
        live.0.wake.notify_one();
    }
    Ok(())
}

fn take(asked: &mut BTreeSet<ProductId>) -> Vec<ProductId> {
    let mut taken = Vec::new();
    while taken.len() < AT_ONCE
        && let Some(product) = asked.pop_first()
    {
        taken.push(product);
    }
    taken
}

/// How these stand, those that there are.
async fn now(market: &Market, products: &[ProductId]) -> Result<Vec<(ProductId, Arc<str>)>> {
    let facts = market.fresh().await.facts(products.iter().copied()).await?;
    let mut variants = variants_of(market.reader(), products).await?;
    let lines = facts.into_iter().map(|(product, fact)| {
        let fact = fact.filter(|fact| fact.is_published);
        let stands = ProductNow {
            product,
            is_published: fact.is_some(),
            is_offered: fact.is_some_and(|fact| fact.is_offered),
            // Of a draft nothing is told.
            variants: fact.map_or(Vec::new(), |_| {
                let variants = variants.remove(&product).unwrap_or_default().into_iter();
                let stands = variants.map(|row| VariantNow {
                    left: row.available().min(limits::CART_UNITS),
                    id: row.id,
                    price: row.price,
                });
                stands.collect()
            }),
        };
        (product, stands.to_string().into())
    });
    Ok(lines.collect())
}
