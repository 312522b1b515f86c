//! Pictures of products: a row each, and two sizes as files under a random name.

mod add;
mod change;
mod encode;
mod files;
mod read;

pub use add::add;
pub use change::{describe, move_first, remove};
pub use files::file;
pub(crate) use read::{all_of, has_one};
