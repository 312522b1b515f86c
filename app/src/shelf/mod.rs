//! What the store carries of other makers.

pub mod api;
mod shelf_page;
mod shelf_table;

pub use shelf_page::ShelfPage;
