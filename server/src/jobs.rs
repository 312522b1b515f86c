//! What the market does by itself: holds run out, calls leave the outbox, links are read, changes are followed, texts are kept, ended
//! sessions are swept. Each has a loop of its own: whoever waits for somebody outside holds up nobody else.

use crate::site::Site;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often the market looks for something to do. Whoever needs expired stock sooner takes it back at once.
const TICK: Duration = Duration::from_secs(5);

/// How many ticks lie between two rounds of tidying up.
const TICKS_PER_SWEEP: u32 = 60;

/// Gives holds back, pays rewards and tidies up until `stop` says so, and finishes what it is at.
pub async fn keep_time(site: Site, mut stop: watch::Receiver<bool>) {
    let mut clock = interval(TICK);
    // After a long round the next one waits its turn instead of following at once.
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ticks = 0_u32;
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = market::jobs::keep_time(&site.market).await {
            // Nothing is lost: what was not done is still there at the next tick.
            tracing::error!(%error, "a background round failed");
        }
        if ticks.is_multiple_of(TICKS_PER_SWEEP) {
            sweep(&site).await;
        }
        ticks = ticks.wrapping_add(1);
    }
}

/// Makes the calls to the outside that are due until `stop` says so, and finishes what it is at.
pub async fn make_calls(site: Site, mut stop: watch::Receiver<bool>) {
    let mut clock = interval(TICK);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = market::jobs::make_calls(&site.market).await {
            // They are still due at the next tick.
            tracing::error!(%error, "calls to the outside could not be made");
        }
    }
}

/// Reads links until `stop` says so: at once when somebody pastes one here, and now and then what is due, or was
/// left by a process that ended. What it is at then is cut off, and taken up again after the next start.
pub async fn read_links(site: Site, mut stop: watch::Receiver<bool>) {
    let mut clock = interval(TICK);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            () = market::import::asked(&site.market) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        tokio::select! {
            done = market::import::work(&site.market) => {
                if let Err(error) = done {
                    tracing::error!(%error, "links could not be read");
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Reads what changed of what everybody is shown, until `stop` says so.
pub async fn follow_changes(site: Site, stop: watch::Receiver<bool>) {
    market::feed::follow(&site.market, stop).await;
}

/// Keeps the texts in which words are looked up, until `stop` says so.
pub async fn keep_texts(site: Site, stop: watch::Receiver<bool>) {
    market::search::keep(&site.market, stop).await;
}

/// Tells open pages how the products on them stand, until `stop` says so.
pub async fn tell_open_pages(site: Site, stop: watch::Receiver<bool>) {
    market::live::tell(&site.market, stop).await;
}

async fn sweep(site: &Site) {
    site.counters.forget_idle();
    match market::feed::prune(&site.market).await {
        Ok(0) => {}
        Ok(old) => tracing::debug!(old, "forgot old changes"),
        Err(error) => tracing::error!(%error, "old changes could not be forgotten"),
    }
    match market::session::sweep(&site.market).await {
        Ok(0) => {}
        Ok(ended) => tracing::debug!(ended, "swept sessions"),
        Err(error) => tracing::error!(%error, "sessions could not be swept"),
    }
    match market::once::sweep(&site.market).await {
        Ok(0) => {}
        Ok(old) => tracing::debug!(old, "forgot keys of forms"),
        Err(error) => tracing::error!(%error, "keys of forms could not be swept"),
    }
    match market::cart::sweep(&site.market).await {
        Ok(0) => {}
        Ok(left) => tracing::debug!(left, "threw guests' carts away"),
        Err(error) => tracing::error!(%error, "carts could not be swept"),
    }
    match market::picture::sweep(&site.market).await {
        Ok(0) => {}
        Ok(days) => tracing::debug!(days, "deleted pictures that were removed"),
        Err(error) => tracing::error!(%error, "removed pictures could not be deleted"),
    }
    if let Err(error) = market::checkout::forget_sources(&site.market).await {
        tracing::error!(%error, "where checkouts came from could not be forgotten");
    }
    if let Err(error) = market::secret::sweep(&site.market).await {
        tracing::error!(%error, "old secrets could not be swept");
    }
    match market::import::sweep(&site.market).await {
        Ok(0) => {}
        Ok(old) => tracing::debug!(old, "threw old imports away"),
        Err(error) => tracing::error!(%error, "imports could not be swept"),
    }
}
