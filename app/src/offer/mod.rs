//! A maker's offers to other stores: the list, opening one, changing it, revoking it.

pub mod api;
mod choose_product;
mod edit_page;
mod list_page;
mod new_page;
mod offer_table;
mod quote;
mod revoke;
mod terms;

pub use edit_page::EditOfferPage;
pub use list_page::OffersPage;
pub use new_page::NewOfferPage;
