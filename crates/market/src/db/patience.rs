use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long anybody waits for a database that is away. One that moves to another machine as planned is back before; when
/// it takes longer, whoever waits for a page would rather know.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks, at first and at most.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(160));

/// What is left of somebody's patience with a database that is away.
pub(super) struct Patience {
    since: Instant,
    pause: Duration,
}

impl Patience {
    pub fn begin() -> Patience {
        Patience {
            since: Instant::now(),
            pause: LOOK_AGAIN.0,
        }
    }

    /// Waits a moment; `false` when it has been long enough.
    pub async fn waits(&mut self) -> bool {
        if self.since.elapsed() >= PATIENCE {
            return false;
        }
        sleep(self.pause).await;
        self.pause = (2 * self.pause).min(LOOK_AGAIN.1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let mut patience = Patience::begin();
        assert!(patience.waits().await);
        patience.since -= PATIENCE;
        assert!(!patience.waits().await);
    }
}
