//! The shopper's cart: lines from any stores, grouped by the maker who will ship them (C1).

pub mod api;
mod cart_line;
mod cart_page;
mod live;
pub mod parcel_group;
mod removed;
pub mod seen_prices;
pub mod totals;
mod units_input;

pub use cart_page::CartPage;
pub use units_input::UnitsInput;
