//! A maker's sales: her parcels and what to do with each.

mod actions;
pub mod api;
mod cancel;
mod lines;
mod list_page;
mod parcel_page;
mod sales_table;
mod summary;

pub use list_page::SalesPage;
pub use parcel_page::ParcelPage;
pub use sales_table::SalesTable;
