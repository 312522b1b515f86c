//! Where the market's rules are tried: a database that comes and goes with a test, a market on it whose steps are a
//! line each, and a report of what came of them.
//!
//! Only tests use this crate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

pub mod payment;
pub mod report;
pub mod world;

mod process;

mod place;
mod run;
mod template;

pub use place::{Engine, Place, postgres_is_required};
pub use process::Process;
pub use report::{Report, so_many};
pub use run::{Setting, run};
pub use world::World;
