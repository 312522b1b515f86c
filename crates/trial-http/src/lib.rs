//! Where the server is tried: one that runs for a test, a client that does what a browser would, and the table of all
//! it can be asked.
//!
//! Only tests use this crate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

pub mod functions;
pub mod running;
