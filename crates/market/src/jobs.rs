//! What does not wait for somebody to ask: holds run out, waiting rewards fall due, calls to the outside are made. All of it
//! is harmless to run at the same time in several processes. Links are read by [`crate::import::work`]; what is kept for a
//! time only is swept by whoever keeps it.

use crate::{Market, Result, checkout, order, outbox};

/// Outside calls made at the same time.
const AT_ONCE: usize = 16;

/// One round of [`keep_time`] and [`make_calls`], for whoever has nothing to wait for but its end; one thing after the
/// other, so that the same market goes the same way again.
///
/// # Errors
/// The first fault met; what one round leaves undone, the next takes up.
pub async fn tick(market: &Market) -> Result<()> {
    checkout::release_expired(market).await?;
    outbox::run_due(market, 1).await?;
    order::pay_due_rewards(market).await
}

/// Gives expired holds back and pays rewards whose waiting time is over: what depends on nobody outside.
///
/// # Errors
/// The first fault met, after everything else was done.
pub async fn keep_time(market: &Market) -> Result<()> {
    let released = checkout::release_expired(market).await;
    released.and(order::pay_due_rewards(market).await)
}

/// Makes the outside calls that are due. Takes as long as the slowest of them.
///
/// # Errors
/// When the database can't be asked what is due. A call without an answer is no fault: it is made again later.
pub async fn make_calls(market: &Market) -> Result<()> {
    outbox::run_due(market, AT_ONCE).await
}
