use model::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the time comes from: the machine, or a hand that sets it (for history in the demo market and for
/// tests of what happens later).
#[derive(Clone, Debug, Default)]
pub struct Clock {
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Clock {
        Clock::default()
    }

    /// A clock that stands at `start` until it is set.
    #[must_use]
    pub fn by_hand(start: Timestamp) -> Clock {
        Clock {
            set: Some(Arc::new(AtomicI64::new(start.0))),
        }
    }

    /// Sets a clock made by [`Clock::by_hand`]; the machine's clock stays as it is.
    pub fn set(&self, now: Timestamp) {
        if let Some(at) = &self.set {
            at.store(now.0, Ordering::SeqCst);
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.set {
            Some(at) => Timestamp(at.load(Ordering::SeqCst)),
            None => {
                let since = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }
}
