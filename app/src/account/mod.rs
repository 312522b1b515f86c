//! Signing up, logging in and out, and the account's own page.

mod account_page;
pub mod api;
mod demo_log_ins;
mod kept;
mod log_in_page;
mod log_out_button;
mod sign_up_page;

pub use account_page::AccountPage;
pub use log_in_page::LogInPage;
pub use log_out_button::LogOutButton;
pub use sign_up_page::SignUpPage;

use crate::prelude::*;

/// Where the visitor wanted to go before she was asked who she is; empty when nowhere.
#[must_use]
pub fn next_page() -> String {
    let query = leptos_router::hooks::use_query_map();
    query
        .with_untracked(|query| query.get("next"))
        .unwrap_or_default()
}
