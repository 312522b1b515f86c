//! How often each class of request may be made, and the counters. They live in memory: a restart forgives, which is no
//! help to anyone.

use super::classes::Class;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use model::AccountId;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;
use tower_sessions::session::Id;

/// Whose requests count together beside those of one network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Visitor {
    /// Somebody signed in, on all her devices.
    Account(AccountId),
    /// A guest who left something here before.
    Guest(Id),
}

/// So many at once, and then one more each so often.
struct Allowance {
    burst: u32,
    refill: Duration,
}

const fn allow(burst: u32, refill_ms: u64) -> Allowance {
    Allowance {
        burst,
        refill: Duration::from_millis(refill_ms),
    }
}

/// For one network: a household, an office, a school. An IPv6 customer's /64 is one.
fn of_network(class: Class) -> Allowance {
    match class {
        Class::Change => allow(240, 250),
        Class::Leave => allow(120, 1_000),
        Class::Fetch => allow(20, 10_000),
        Class::Checkout => allow(20, 6_000),
        Class::SignUp => allow(6, 120_000),
        Class::LogIn => allow(120, 1_000),
        Class::Upload => allow(40, 5_000),
    }
}

/// For one account or guest, wherever she is.
fn of_visitor(class: Class) -> Allowance {
    match class {
        Class::Change => allow(240, 500),
        Class::Leave => allow(120, 2_000),
        Class::Fetch => allow(20, 10_000),
        Class::Checkout => allow(10, 10_000),
        Class::SignUp => allow(6, 120_000),
        Class::LogIn => allow(40, 5_000),
        Class::Upload => allow(120, 2_000),
    }
}

/// Visitors from one network who leave something here for the first time: each gets a session.
const NEWCOMERS_OF_NETWORK: Allowance = allow(120, 10_000);

/// The counters.
#[derive(Debug)]
pub struct Counters {
    networks: Limiter<(Class, IpAddr)>,
    visitors: Limiter<(Class, Visitor)>,
    newcomers_of_network: DefaultKeyedRateLimiter<IpAddr>,
    newcomers: DefaultDirectRateLimiter,
}

impl Counters {
    /// `guests_per_minute` is how many newcomers there may be from everywhere.
    pub fn new(guests_per_minute: u32) -> Self {
        let per_minute = NonZeroU32::new(guests_per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            networks: Limiter::new(of_network),
            visitors: Limiter::new(of_visitor),
            newcomers_of_network: RateLimiter::keyed(quota(&NEWCOMERS_OF_NETWORK)),
            newcomers: RateLimiter::direct(Quota::per_minute(per_minute)),
        }
    }

    /// Counts a request from a network; too many give the seconds until the next is accepted.
    pub fn by_network(&self, class: Class, network: IpAddr) -> Result<(), u32> {
        self.networks.count(class, &(class, network))
    }

    /// Counts a request of somebody who has been here before.
    pub fn by_visitor(&self, class: Class, visitor: Visitor) -> Result<(), u32> {
        self.visitors.count(class, &(class, visitor))
    }

    /// Counts a request that will leave something of somebody who has not.
    pub fn newcomer(&self, network: IpAddr) -> Result<(), u32> {
        let now = DefaultClock::default().now();
        let of_network = self.newcomers_of_network.check_key(&network);
        of_network.map_err(|not_until| seconds(not_until.wait_time_from(now)))?;
        let of_all = self.newcomers.check();
        of_all.map_err(|not_until| seconds(not_until.wait_time_from(now)))
    }

    /// Forgets counters that are full again, so that memory does not grow with every address ever seen.
    pub fn forget_idle(&self) {
        self.networks.forget_idle();
        self.visitors.forget_idle();
        self.newcomers_of_network.retain_recent();
        self.newcomers_of_network.shrink_to_fit();
    }
}

/// A counter for each key, in as many sets as there are classes.
#[derive(Debug)]
struct Limiter<K: Hash + Eq + Clone>(Vec<(Class, DefaultKeyedRateLimiter<K>)>);

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(allowance: fn(Class) -> Allowance) -> Self {
        let sets = Class::ALL.map(|class| (class, RateLimiter::keyed(quota(&allowance(class)))));
        Self(sets.into())
    }

    fn count(&self, class: Class, key: &K) -> Result<(), u32> {
        let Some((_, set)) = self.0.iter().find(|(of, _)| *of == class) else {
            return Ok(());
        };
        set.check_key(key)
            .map_err(|not_until| seconds(not_until.wait_time_from(DefaultClock::default().now())))
    }

    fn forget_idle(&self) {
        for (_, set) in &self.0 {
            set.retain_recent();
            set.shrink_to_fit();
        }
    }
}

fn quota(allowance: &Allowance) -> Quota {
    let burst = NonZeroU32::new(allowance.burst).unwrap_or(NonZeroU32::MIN);
    // A zero period means no limit at all to the library; ours are constants above zero.
    let quota = Quota::with_period(allowance.refill);
    quota
        .unwrap_or(Quota::per_minute(NonZeroU32::MIN))
        .allow_burst(burst)
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_passes_and_the_next_is_told_how_long_to_wait() {
        let counters = Counters::new(600);
        let network = ip("203.0.113.9");
        for _ in 0..6 {
            counters.by_network(Class::SignUp, network).unwrap();
        }
        let seconds = counters.by_network(Class::SignUp, network).unwrap_err();
        assert!((1..=120).contains(&seconds), "{seconds}");
        counters
            .by_network(Class::SignUp, ip("203.0.113.10"))
            .unwrap();
        counters.by_network(Class::LogIn, network).unwrap();
    }

    #[test]
    fn newcomers_are_bounded_in_all() {
        let counters = Counters::new(50);
        let passed = (0..200)
            .filter(|number| {
                counters
                    .newcomer(ip(&format!("203.0.113.{number}")))
                    .is_ok()
            })
            .count();
        assert!((50..60).contains(&passed), "{passed}");
    }

    #[test]
    fn newcomers_of_one_network_leave_room_for_others() {
        let counters = Counters::new(600);
        let of_one = (0..600).filter(|_| counters.newcomer(ip("203.0.113.9")).is_ok());
        assert_eq!(of_one.count(), 120);
        counters.newcomer(ip("203.0.113.10")).unwrap();
    }
}
