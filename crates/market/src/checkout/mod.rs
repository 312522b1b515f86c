//! The checkout: hold first, ask for money only inside a hold, finish once.

#![warn(clippy::arithmetic_side_effects)]

mod allowance;
mod charge;
mod finish;
mod forget;
mod hold;
mod place;
mod settle;
mod terms;
mod unfinished;

pub(crate) use charge::charge;
pub(crate) use finish::{paid_outcome, reward};
pub use forget::forget_sources;
pub(crate) use hold::{release_expired, release_expired_on};
pub use place::{place, resume};
pub(crate) use settle::charge_key;
