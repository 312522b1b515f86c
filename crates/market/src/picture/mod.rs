//! Pictures of products: a row each, and two sizes as files under a random name, in a folder or in a bucket.

mod add;
mod change;
mod files;
mod place;
mod read;

pub(crate) use add::store;
pub use add::{add, add_once};
pub use change::{describe, move_first, remove};
pub(crate) use files::delete as delete_files;
pub use files::{Lies, content, file, sweep};
pub(crate) use files::{file_names, is_file_name, kept, put};
pub(crate) use place::Place;
pub use place::{Bucket, Kept};
pub(crate) use read::{all_of, has_one};
