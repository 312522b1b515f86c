//! Pasted links on their way to products (K1 to K3): reading a page, checking what was found, whole shops.

pub mod api;
mod check;
mod check_page;
mod desk_page;
mod found;
mod import_page;
mod list;
mod picture_choices;
mod poll;
mod problem;
mod remarks;
mod shop_items;
mod shop_offer;
mod shop_page;
mod shop_progress;
mod status;
mod working;

pub use desk_page::ImportsPage;
pub use import_page::ImportPage;
pub use shop_page::ShopImportPage;
