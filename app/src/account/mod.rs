//! Signing up, logging in and out, and the account's own page.

mod account_page;
pub mod api;
mod demo_log_ins;
mod kept;
mod log_in_page;
mod log_out_button;
mod sign_up_page;

pub use log_out_button::LogOutButton;

use crate::parts::{Page, TillPage};
pub(crate) use account_page::AccountPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use log_in_page::LogInPage;
pub(crate) use sign_up_page::SignUpPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn AccountRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("sign-up") view=Page::Till(TillPage::SignUp)/>
        <Route path=path!("log-in") view=Page::Till(TillPage::LogIn)/>
        <Route path=path!("account") view=Page::Till(TillPage::Account) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Where the visitor wanted to go before she was asked who she is; empty when nowhere.
#[must_use]
pub fn next_page() -> String {
    let query = leptos_router::hooks::use_query_map();
    query
        .with_untracked(|query| query.get("next"))
        .unwrap_or_default()
}
