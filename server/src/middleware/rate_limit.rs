//! Limits on what could be tried over and over: log-ins (guessing), sign-ups, uploads, checkouts,
//! links to be read.
//!
//! Each counts by the client's address; log-ins also by the account they are for, so that guessing one
//! password from many addresses does not pay either. A limit is a burst that refills one by one.

use super::client_address;
use crate::refusal::Refusal;
use crate::site::Site;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    LogIn,
    SignUp,
    Upload,
    Checkout,
    Import,
}

/// The counters. They live in memory: a restart forgives, which is no help to anyone.
#[derive(Debug)]
pub struct RateLimits {
    log_in_by_address: Limiter<IpAddr>,
    log_in_by_account: Limiter<String>,
    sign_up: Limiter<IpAddr>,
    upload: Limiter<IpAddr>,
    checkout: Limiter<IpAddr>,
    import: Limiter<IpAddr>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            log_in_by_address: Limiter::new(20, Duration::from_secs(15)),
            log_in_by_account: Limiter::new(8, Duration::from_secs(60)),
            sign_up: Limiter::new(6, Duration::from_secs(120)),
            upload: Limiter::new(40, Duration::from_secs(5)),
            checkout: Limiter::new(20, Duration::from_secs(6)),
            import: Limiter::new(20, Duration::from_secs(10)),
        }
    }
}

impl RateLimits {
    /// Counts one attempt by `address`; too many give the seconds until the next is accepted.
    pub fn by_address(&self, action: Action, address: IpAddr) -> Result<(), u32> {
        match action {
            Action::LogIn => self.log_in_by_address.count(&address),
            Action::SignUp => self.sign_up.count(&address),
            Action::Upload => self.upload.count(&address),
            Action::Checkout => self.checkout.count(&address),
            Action::Import => self.import.count(&address),
        }
    }

    /// Counts one attempt to log in as `email`, whether there is such an account or not.
    pub fn by_account(&self, email: &str) -> Result<(), u32> {
        self.log_in_by_account.count(&model::normal_email(email))
    }

    /// Forgets counters that are full again, so that memory does not grow with every address ever seen.
    pub fn forget_idle(&self) {
        self.log_in_by_address.0.retain_recent();
        self.log_in_by_account.0.retain_recent();
        self.sign_up.0.retain_recent();
        self.upload.0.retain_recent();
        self.checkout.0.retain_recent();
        self.import.0.retain_recent();
    }
}

#[derive(Debug)]
struct Limiter<K: Hash + Eq + Clone>(DefaultKeyedRateLimiter<K>);

impl<K: Hash + Eq + Clone> Limiter<K> {
    /// `burst` attempts at once, then one more every `refill`.
    fn new(burst: u32, refill: Duration) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        // A zero period means no limit at all to the library; ours are constants above zero.
        let quota = Quota::with_period(refill).unwrap_or(Quota::per_minute(NonZeroU32::MIN));
        Self(RateLimiter::keyed(quota.allow_burst(burst)))
    }

    fn count(&self, key: &K) -> Result<(), u32> {
        self.0.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
        })
    }
}

pub async fn enforce(State(site): State<Site>, request: Request, next: Next) -> Response {
    let Some(action) = action(&request).filter(|_| site.config.rate_limits) else {
        return next.run(request).await;
    };
    let refusal = Refusal::to(&request);
    let address = client_address::of(&request, &site.config.trusted_proxies);
    if let Err(seconds) = site.rate_limits.by_address(action, address) {
        tracing::warn!(?action, %address, "too many attempts from one address");
        return refusal.too_many(seconds);
    }
    if action != Action::LogIn {
        return next.run(request).await;
    }

    // The body has passed the body limit's wrapper, so it ends there at the latest.
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, super::body_limit::FORM.0).await else {
        return refusal.too_large(super::body_limit::FORM.0);
    };
    if let Some(email) = email_in(&body)
        && let Err(seconds) = site.rate_limits.by_account(&email)
    {
        tracing::warn!("too many log-ins for one account");
        return refusal.too_many(seconds);
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// What a request attempts. A server function's address is its name and a number made from its source.
fn action(request: &Request) -> Option<Action> {
    if request.method() != Method::POST {
        return None;
    }
    let path = request.uri().path();
    if path.starts_with("/upload/") {
        return Some(Action::Upload);
    }
    let name = path
        .strip_prefix("/api/")?
        .trim_end_matches(|c: char| c.is_ascii_digit());
    FUNCTIONS
        .iter()
        .find(|(function, _)| *function == name)
        .map(|(_, action)| *action)
}

/// The server functions that are limited; a test checks that each is still called so.
const FUNCTIONS: &[(&str, Action)] = &[
    ("log_in", Action::LogIn),
    ("sign_up", Action::SignUp),
    ("place_order", Action::Checkout),
    ("find_link", Action::Import),
    ("try_import_again", Action::Import),
    ("import_shop", Action::Import),
    ("look_again", Action::Import),
];

/// The `email` field of a form, alone or inside a struct (`form[email]`).
fn email_in(form: &Bytes) -> Option<String> {
    form_urlencoded::parse(form)
        .find(|(name, _)| name == "email" || name.ends_with("[email]"))
        .map(|(_, email)| email.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_the_next_attempt_is_told_how_long_to_wait() {
        let limits = RateLimits::default();
        let address = "203.0.113.9".parse().unwrap();
        for _ in 0..6 {
            limits.by_address(Action::SignUp, address).unwrap();
        }
        let seconds = limits.by_address(Action::SignUp, address).unwrap_err();
        assert!((1..=120).contains(&seconds), "{seconds}");
        limits
            .by_address(Action::SignUp, "203.0.113.10".parse().unwrap())
            .unwrap();
        limits.by_address(Action::LogIn, address).unwrap();
    }

    #[test]
    fn one_account_is_limited_however_it_is_written() {
        let limits = RateLimits::default();
        for email in ["a@b.example", "A@b.example ", "a@B.example", "a@b.Example"].repeat(2) {
            limits.by_account(email).unwrap();
        }
        assert!(limits.by_account("a@b.example").is_err());
        assert!(limits.by_account("c@b.example").is_ok());
    }

    #[test]
    fn the_email_is_found_in_either_form() {
        for form in [
            "email=a%40b.example&password=x",
            "next=&form%5Bemail%5D=a%40b.example",
        ] {
            assert_eq!(email_in(&Bytes::from(form)).as_deref(), Some("a@b.example"));
        }
        assert_eq!(email_in(&Bytes::from("password=x")), None);
    }

    #[test]
    fn every_limited_function_exists() {
        let registered: Vec<_> = leptos::server_fn::axum::server_fn_paths()
            .map(|(path, _)| path)
            .collect();
        for (name, _) in FUNCTIONS {
            assert!(
                registered.iter().any(|path| {
                    path.strip_prefix("/api/").is_some_and(|path| {
                        path.trim_end_matches(|c: char| c.is_ascii_digit()) == *name
                    })
                }),
                "{name} is not among {registered:?}"
            );
        }
    }
}
