//! The market's rules: a test for each thing a rule says, named by the rule's number, on both engines.
//!
//! A test says what is given, what somebody does and what must hold then. That every book is still in order
//! afterwards is asked for all of them, by the market's own audit.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod accounts;
mod audit;
mod backups;
mod bounds;
mod carts;
mod checkout;
mod database;
mod feed;
mod fresh;
mod holds;
mod ledger;
mod links;
mod live;
mod log_ins;
mod names;
mod offers;
mod orders;
mod outages;
mod races;
mod retries;
mod rewards;
mod search;
mod seen;
mod sending;
mod shelves;
mod strangers;
mod two_windows;
mod unfinished;
mod upgrades;
