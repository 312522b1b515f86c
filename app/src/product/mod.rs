//! A product on a store's shelf, as everybody sees it.

pub mod api;
mod buy_box;
mod facts;
mod gallery;
mod maker_lines;
mod not_here;
mod owner_panel;
mod product_page;

pub use product_page::ListedProductPage;
