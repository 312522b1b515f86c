//! Lets each host have its rest between requests.

use super::settings::Pace;
use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

/// Hosts are forgotten once they could be asked without waiting again; looked at when there are this
/// many.
const HOSTS: usize = 1024;

pub(super) struct Paced {
    hosts: RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>,
}

impl Paced {
    pub fn new(pace: Pace) -> Self {
        let quota = Quota::with_period(pace.every)
            .unwrap_or_else(|| Quota::per_second(pace.burst))
            .allow_burst(pace.burst);
        Self {
            hosts: RateLimiter::keyed(quota),
        }
    }

    /// Returns when it is `host`'s turn.
    pub async fn turn(&self, host: &str) {
        if self.hosts.len() > HOSTS {
            self.hosts.retain_recent();
        }
        self.hosts.until_key_ready(&host.to_owned()).await;
    }
}
