//! Orders as their shoppers see them: by the secret link or in the account (C7). Never a word of tokens (R10).

pub mod api;
mod order_page;
mod orders_page;
mod parcel;
mod receipt;
mod waiting;

pub use order_page::OrderPage;
pub use orders_page::OrdersPage;
