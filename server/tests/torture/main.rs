//! What must never happen, tried on whole servers: processes and databases that are killed in the middle of
//! checkouts or migrations, disks that are full or broken, clients who hang up, the same request many times at once, forged and repeated messages.
//!
//! The short form runs with all other tests. `TORTURE=long` gives the figures of `docs/torture.md`. Each test adds a
//! line of JSON to the file that `TORTURE_REPORT` names.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod audit;
mod crowd;
mod postgres;
mod process;
mod shopper;
mod stage;

mod backups;
mod database_crashes;
mod disk;
mod hang_ups;
mod hostile;
mod kills;
mod memory;
mod migrations;
mod one_checkout;
mod searches;
mod stale_pages;
mod two_servers;
mod webhooks;
