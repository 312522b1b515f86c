//! Where a store owner begins: how it goes, and what there is to do.

pub mod api;
mod first_steps;
mod overview_page;
mod recent_sales;
mod to_do;

pub use overview_page::OverviewPage;
