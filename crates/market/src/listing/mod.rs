//! Listings: other makers' products on a store's shelf, and what shows on which shelf now.

mod add;
mod remove;
mod shelf;
mod shelves;
pub(crate) mod shown;

pub use add::add;
pub use remove::remove;
pub use shelf::shelf;
pub(crate) use shelves::{listings_of, shelves_of};
