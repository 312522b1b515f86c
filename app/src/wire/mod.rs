//! What server and browser say to each other.

pub mod packed;
pub mod reading;
