//! One checkout for everything in the cart (C1): address and card on one page, and the sandbox bank's second step.

mod address_fields;
pub mod api;
mod card_fields;
mod checkout_form;
mod checkout_page;
mod step_page;
mod summary;
mod trouble;

pub use checkout_page::CheckoutPage;
pub use step_page::StepPage;
