//! Accounts: signing up, logging in, and the proof of who is asking.

mod device;
mod log_in;
mod password;
mod sign_up;
mod tries;
mod viewer;

pub use log_in::{LoggedIn, log_in};
pub use sign_up::sign_up;
pub(crate) use tries::Tries;
pub use viewer::{Signed, signed, viewer};
