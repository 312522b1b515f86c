//! The ledger: the only place that writes `transfers` and `ledger_accounts`.
//!
//! A rule collects what should move in a [`Journal`] and posts it once, at the end of its transaction.

#![warn(clippy::arithmetic_side_effects)]

mod account_code;
mod issue;
mod journal;
mod post;

pub(crate) use account_code::AccountCode;
pub use issue::issue;
pub(crate) use journal::{About, Journal, Movement};
pub(crate) use post::{balance, open_accounts, post};
