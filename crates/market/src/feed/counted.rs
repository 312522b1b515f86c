//! How often what changed was asked for and read, for whoever watches over the process.

use crate::figures;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(super) struct Counted {
    since: Instant,
    asked: AtomicU64,
    reads: AtomicU64,
    /// In microseconds.
    reading: AtomicU64,
    lost: AtomicU64,
    /// When the last read began, in microseconds since the beginning.
    last: AtomicU64,
}

impl Default for Counted {
    fn default() -> Counted {
        Counted {
            since: Instant::now(),
            asked: AtomicU64::default(),
            reads: AtomicU64::default(),
            reading: AtomicU64::default(),
            lost: AtomicU64::default(),
            last: AtomicU64::default(),
        }
    }
}

impl Counted {
    pub fn asked(&self) {
        self.asked.fetch_add(1, Ordering::Relaxed);
    }

    /// A read that was `begun` brought all there was by then.
    pub fn read(&self, begun: Instant) {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.reading
            .fetch_add(micros(begun.elapsed()), Ordering::Relaxed);
        let since = begun.saturating_duration_since(self.since);
        self.last.store(micros(since), Ordering::Relaxed);
    }

    pub fn lost(&self) {
        self.lost.fetch_add(1, Ordering::Relaxed);
    }

    pub fn figures(&self, is_followed: bool) -> figures::Feed {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let last = self.since + Duration::from_micros(count(&self.last));
        figures::Feed {
            asked: count(&self.asked),
            reads: count(&self.reads),
            reading: Duration::from_micros(count(&self.reading)),
            lost: count(&self.lost),
            behind: is_followed.then(|| last.elapsed()),
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
