//! Stores as everybody sees them: the list, and each store's own front.

pub mod api;
mod store_head;
mod store_page;
mod store_tile;
mod stores_page;

pub use store_head::ShippingTerms;
pub use store_page::StoreFrontPage;
pub use store_tile::StoreTile;
pub use stores_page::StoresPage;
