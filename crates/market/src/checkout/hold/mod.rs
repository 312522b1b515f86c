//! A hold: stock and coverage set aside for one checkout, for a limited time.
//!
//! `take` begins one and writes down its `rows`; `promise` says what each line is covered for; `release` ends one that
//! was not paid. One that is paid is sold by `settle`.

mod lines;
mod promise;
mod release;
mod rows;
mod take;

pub(super) use lines::{units, with_parcels};
pub(super) use promise::promise_again;
pub(super) use release::{release, release_all};
pub(crate) use release::{release_expired, release_expired_on};
pub(super) use take::{Attempt, Held, hold};
