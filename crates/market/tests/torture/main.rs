//! What must never happen, tried hard: races, repeated and lost answers, and a market of random steps compared with
//! one kept in memory, each on both engines.
//!
//! The short form runs with all other tests. `TORTURE=long` gives the figures of `docs/torture.md`. Each test adds a
//! line of JSON to the file that `TORTURE_REPORT` names.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod bank;
mod last_unit;
mod one_checkout;
mod one_offer;
mod payment_faults;
mod provider;
mod walk;
