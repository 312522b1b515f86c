//! What the market does by itself, now and then.

use crate::{Market, Result, checkout, order, outbox};

/// One round: gives expired holds back, makes the outside calls that are due, pays rewards whose waiting time is
/// over. Harmless to run at the same time in several processes.
///
/// # Errors
/// The first fault met; what one round leaves undone, the next takes up.
pub async fn tick(market: &Market) -> Result<()> {
    checkout::release_expired(market).await?;
    outbox::run_due(market).await?;
    order::pay_due_rewards(market).await
}
