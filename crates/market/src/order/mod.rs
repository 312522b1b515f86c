//! Orders after they are paid: as the shopper, the maker and the reseller see them, and what a maker does with her
//! parcel.

#![warn(clippy::arithmetic_side_effects)]

mod cancel;
mod line;
mod parcel;
mod refund;
mod reward;
mod sale;
mod view;

pub use cancel::cancel;
pub use parcel::{deliver, pack, ship};
pub(crate) use refund::pay_back;
pub(crate) use reward::pay_due_rewards;
pub use sale::{sale, sales};
pub use view::{by_secret, is_of, of_account};
