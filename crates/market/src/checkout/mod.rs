//! The checkout: hold first, ask for money only inside a hold, finish once.

mod hold;
mod place;
mod release;
pub(crate) mod settle;
mod terms;

pub use place::{place, resume};
pub(crate) use release::release_expired;
