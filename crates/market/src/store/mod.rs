//! Stores: opening one, its settings, its public page.

mod names;
mod open;
mod overview;
mod owner;
mod page;
mod update;
mod view;

pub(crate) use names::{names_of, spellings, told_apart};
pub use open::open;
pub use overview::overview;
pub use owner::Owner;
pub(crate) use page::most_stocked;
pub use page::{all, page};
pub use update::{settings, update};
pub(crate) use view::{by_ids, names_by_ids, view};
