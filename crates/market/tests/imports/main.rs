//! Importing, on both engines: what a pasted link becomes, whole shops, and how a product stays in step with the
//! page it came from. Other shops are small servers of the tests' own.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod fixture;

mod checking;
mod links;
mod pasting;
mod shops;
mod sources;
mod turns;
