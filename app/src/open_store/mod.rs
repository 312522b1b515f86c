//! Opening a store.

mod address_fields;
pub mod api;
mod open_page;

pub use open_page::OpenStorePage;
