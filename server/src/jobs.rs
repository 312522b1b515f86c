//! What the market does by itself: holds run out, mails and payouts leave the outbox, ended sessions are swept.

use crate::site::Site;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often the market looks for something to do. Whoever needs expired stock sooner takes it back at once.
const TICK: Duration = Duration::from_secs(5);

/// How many ticks lie between two rounds of tidying up.
const TICKS_PER_SWEEP: u32 = 60;

/// Works until `stop` says so, and finishes what it is at.
pub async fn run(site: Site, mut stop: watch::Receiver<bool>) {
    let mut clock = interval(TICK);
    // After a long round the next one waits its turn instead of following at once.
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ticks = 0_u32;
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = market::jobs::tick(&site.market).await {
            // Nothing is lost: what was not done is still there at the next tick.
            tracing::error!(%error, "a background round failed");
        }
        if ticks.is_multiple_of(TICKS_PER_SWEEP) {
            sweep(&site).await;
        }
        ticks = ticks.wrapping_add(1);
    }
}

async fn sweep(site: &Site) {
    site.rate_limits.forget_idle();
    match market::session::sweep(&site.market).await {
        Ok(0) => {}
        Ok(ended) => tracing::debug!(ended, "swept sessions"),
        Err(error) => tracing::error!(%error, "sessions could not be swept"),
    }
}
