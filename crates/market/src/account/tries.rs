//! How often a password may be tried. Wrong tries are counted by the account that is asked for and where they come
//! from; a right one takes nothing away. Nobody's wrong tries keep an account's owner out:
//!
//! - From a browser that logged in to the account before, only its own tries count.
//! - From anywhere else, the tries from there do: for this account, and in all.
//! - While many guess one account's password from many places, each place has few tries for it in an hour, instead of
//!   one in a minute, but it has them.
//!
//! An account that does not exist is counted as any other. Counters live in memory: a restart forgives, which is no
//! help to anyone.

use crate::{Error, Refusal, Result, Source};
use model::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many tries at once, and then one more each so often.
#[derive(Clone, Copy)]
struct Allowance {
    burst: i64,
    refill_ms: i64,
}

const fn allow(burst: i64, refill_seconds: i64) -> Allowance {
    Allowance {
        burst,
        refill_ms: refill_seconds * 1000,
    }
}

/// For one account from one place.
const HERE: Allowance = allow(8, 60);
/// The same while the account is under attack.
const HERE_UNDER_ATTACK: Allowance = allow(5, 15 * 60);
/// For all accounts from one place.
const PLACE: Allowance = allow(20, 15);
/// For one account from everywhere; more are an attack.
const ATTACK: Allowance = allow(40, 60);

/// When the counters are looked through for what can be forgotten.
const MANY: usize = 50_000;

/// The moment from which a counter is full again. It moves by one refill with each try.
#[derive(Clone, Copy, Default)]
struct Counter(i64);

impl Counter {
    fn after_one_more(self, now: i64, allowed: Allowance) -> Counter {
        Counter(Ord::max(self.0, now) + allowed.refill_ms)
    }

    /// How long until one more is allowed, in milliseconds; none when it is now.
    fn wait(self, now: i64, allowed: Allowance) -> Option<i64> {
        let wait = self.after_one_more(now, allowed).0 - now - allowed.burst * allowed.refill_ms;
        (wait > 0).then_some(wait)
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    /// An account from a browser that logged in to it before.
    Device(String, String),
    Here(String, Source),
    HereUnderAttack(String, Source),
    Place(Source),
    Account(String),
}

/// Where a try comes from.
pub(super) enum Origin<'a> {
    /// A browser that logged in to this account before, by its number.
    Device(&'a str),
    Place(&'a Source),
}

/// What a try has counted so far. A right password gives it back.
pub(super) struct Counted(Vec<(Key, Allowance)>);

/// The counters.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<Key, Counter>>);

impl Tries {
    /// Counts a try for the account of this e-mail address as wrong, which it is until it proves right.
    ///
    /// # Errors
    /// [`Refusal::TooManyTries`]; then nothing is counted.
    pub(super) fn begin(&self, now: Timestamp, email: &str, origin: Origin<'_>) -> Result<Counted> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.len() > MANY {
            counters.retain(|_, counter| counter.0 > now.0);
        }
        let at = |key: &Key| counters.get(key).copied().unwrap_or_default();
        let email = email.to_owned();
        let mut limits = Vec::new();
        let mut watched = Vec::new();
        match origin {
            Origin::Device(device) => limits.push((Key::Device(email, device.to_owned()), HERE)),
            Origin::Place(place) => {
                let account = Key::Account(email.clone());
                let slow = Key::HereUnderAttack(email.clone(), place.clone());
                let under_attack = at(&account).wait(now.0, ATTACK).is_some();
                limits.push((Key::Here(email, place.clone()), HERE));
                limits.push((Key::Place(place.clone()), PLACE));
                let kept_by = if under_attack {
                    &mut limits
                } else {
                    &mut watched
                };
                kept_by.push((slow, HERE_UNDER_ATTACK));
                watched.push((account, ATTACK));
            }
        }
        let wait = limits
            .iter()
            .filter_map(|(key, allowed)| at(key).wait(now.0, *allowed))
            .max();
        if let Some(wait) = wait {
            let seconds = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
            return Err(Error::from(Refusal::TooManyTries { seconds }));
        }
        limits.append(&mut watched);
        for (key, allowed) in &limits {
            let counter = counters.entry(key.clone()).or_default();
            let more = counter.after_one_more(now.0, *allowed).0;
            // What is only watched may go beyond, but not so far that it outlasts its cause by long.
            counter.0 = Ord::min(more, now.0 + 2 * allowed.burst * allowed.refill_ms);
        }
        Ok(Counted(limits))
    }

    /// Takes a try back that proved right.
    pub(super) fn was_right(&self, counted: Counted) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, allowed) in counted.0 {
            if let Some(counter) = counters.get_mut(&key) {
                counter.0 -= allowed.refill_ms;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);
    const ADA: &str = "ada@post.example";

    fn place(number: usize) -> Source {
        Source::new(&format!("192.0.2.{number}"))
    }

    /// How many wrong tries pass, of a hundred.
    fn pass(tries: &Tries, now: Timestamp, email: &str, from: &Source) -> usize {
        (0..100)
            .filter(|_| tries.begin(now, email, Origin::Place(from)).is_ok())
            .count()
    }

    #[test]
    fn a_place_has_some_tries_for_an_account_and_some_more_for_others() {
        let tries = Tries::default();
        assert_eq!(pass(&tries, NOW, ADA, &place(1)), 8);
        assert_eq!(pass(&tries, NOW, "bram@post.example", &place(1)), 8);
        assert_eq!(pass(&tries, NOW, "cleo@post.example", &place(1)), 4);
        assert_eq!(pass(&tries, NOW, ADA, &place(2)), 8);
        assert_eq!(pass(&tries, NOW.plus_minutes(2), ADA, &place(1)), 2);
    }

    #[test]
    fn a_refusal_says_how_long_to_wait() {
        let tries = Tries::default();
        pass(&tries, NOW, ADA, &place(1));
        let refused = tries.begin(NOW, ADA, Origin::Place(&place(1)));
        assert!(matches!(
            refused,
            Err(Error::Refused(Refusal::TooManyTries { seconds: 60 }))
        ));
        assert_eq!(pass(&tries, NOW.plus_millis(59_999), ADA, &place(1)), 0);
        assert_eq!(pass(&tries, NOW.plus_millis(60_000), ADA, &place(1)), 1);
    }

    #[test]
    fn an_account_under_attack_lets_a_new_place_try_and_the_old_ones_hardly() {
        let tries = Tries::default();
        for number in 1..=200 {
            pass(&tries, NOW, ADA, &place(number));
        }
        assert_eq!(pass(&tries, NOW, ADA, &place(201)), 5);
        let later = NOW.plus_minutes(10);
        assert_eq!(pass(&tries, later, ADA, &place(201)), 0, "nor one a minute");
    }

    #[test]
    fn a_browser_that_was_here_before_counts_alone() {
        let tries = Tries::default();
        for number in 1..=200 {
            pass(&tries, NOW, ADA, &place(number));
        }
        let own = || tries.begin(NOW, ADA, Origin::Device("7"));
        assert_eq!((0..100).filter(|_| own().is_ok()).count(), 8);
    }

    #[test]
    fn right_passwords_take_nothing_away() {
        let tries = Tries::default();
        for _ in 0..100 {
            let counted = tries.begin(NOW, ADA, Origin::Place(&place(1))).unwrap();
            tries.was_right(counted);
        }
        assert_eq!(pass(&tries, NOW, ADA, &place(1)), 8);
    }
}
