//! Accounts: signing up, logging in, and the proof of who is asking.

mod argon;
mod change_password;
mod device;
mod guess;
mod log_in;
mod operate;
mod password;
mod sign_up;
mod tries;
mod viewer;

pub use change_password::change_password;
pub use log_in::{LoggedIn, log_in};
pub use operate::{appoint, dismiss, reinstate, suspend};
pub use sign_up::sign_up;
pub(crate) use tries::Tries;
pub use viewer::{Signed, signed, viewer};
