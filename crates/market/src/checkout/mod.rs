//! The checkout: hold first, ask for money only inside a hold, finish once.

#![warn(clippy::arithmetic_side_effects)]

mod allowance;
mod finish;
mod forget;
mod hold;
mod lines;
mod place;
mod promise;
mod release;
pub(crate) mod settle;
mod stock;
mod terms;
mod unfinished;

pub(crate) use finish::{paid_outcome, reward};
pub use forget::forget_sources;
pub use place::{place, resume};
pub(crate) use release::{release_expired, release_expired_on};
