//! Accounts: signing up, logging in, and the proof of who is asking.

mod change_password;
mod guess;
mod log_in;
mod operate;
mod password;
mod sign_up;
mod viewer;

pub use change_password::change_password;
pub use log_in::log_in;
pub use operate::{appoint, dismiss, restore, suspend};
pub use sign_up::sign_up;
pub use viewer::{Signed, signed, viewer};
