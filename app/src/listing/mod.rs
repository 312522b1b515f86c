//! Other makers' products on one's own shelf: the button that puts them there.

pub mod api;
mod market_tile;
mod shelf_button;

pub use market_tile::MarketTile;
pub use shelf_button::ShelfButton;
