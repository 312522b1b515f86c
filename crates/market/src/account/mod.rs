//! Accounts: signing up, logging in, and the proof of who is asking.

mod guess;
mod log_in;
mod password;
mod sign_up;
mod viewer;

pub use log_in::log_in;
pub use sign_up::sign_up;
pub use viewer::{Signed, signed, viewer};
