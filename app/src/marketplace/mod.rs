//! Everything makers offer, searched, filtered and sorted by address.

pub mod address;
pub mod api;
mod filters;
mod marketplace_page;
mod search_form;
mod words_found;

pub use marketplace_page::MarketplacePage;
pub use search_form::{SearchForm, find_what_is_in};
