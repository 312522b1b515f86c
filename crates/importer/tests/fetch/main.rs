//! Links from strangers: what is asked for, what is not, and what an answer may cost.
//!
//! The servers of these tests are on this machine, which the fetcher refuses to ask. Each test allows
//! its own server, by name of address and port, and nothing else; all others count as canaries.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod again;
mod generated;
mod limits;
mod manners;
mod names;
mod redirects;
mod refusals;
mod secure;
mod types;
