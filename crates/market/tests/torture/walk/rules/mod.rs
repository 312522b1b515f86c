//! What each step does to the books kept in memory, and the answer it should get.

mod cart;
mod charge;
mod finish;
mod hold;
mod jobs;
mod offer;
mod sale;
mod store;

/// The answer to a step: a word for what was done, or the name of the refusal.
pub type Answer = Result<&'static str, &'static str>;

const MINUTE: i64 = 60_000;
