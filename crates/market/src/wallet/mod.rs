//! A store's wallet: what it holds, what it earned, and every movement.

#![warn(clippy::arithmetic_side_effects)]

mod by_day;
mod page;
mod statement;

pub(crate) use by_day::{by_day, start_of_days};
pub(crate) use page::in_offers;
pub use page::page;
