//! What server and browser say to each other about a page.

pub mod flash;
pub mod names;
pub mod packed;
pub mod reading;
pub mod seed;
pub mod theme;
pub mod told;
