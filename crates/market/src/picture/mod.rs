//! Pictures of products: a row each, and two sizes as files under a random name.

mod add;
mod change;
mod colour;
mod encode;
mod files;
mod read;
mod whole;

pub(crate) use add::store;
pub use add::{add, add_once};
pub use change::{describe, move_first, remove};
pub(crate) use files::delete as delete_files;
pub use files::{file, sweep};
pub(crate) use files::{file_names, is_file_name, kept, put};
pub(crate) use read::{all_of, has_one};
