//! Orders as their shoppers see them: by the secret link or in the account (C7). Never a word of tokens (R10).

pub mod api;
mod order_page;
mod orders_page;
mod parcel;
mod receipt;
mod waiting;

use crate::parts::{Page, TillPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use order_page::OrderPage;
pub(crate) use orders_page::OrdersPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn OrderRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("order/:secret") view=Page::Till(TillPage::Order) ssr=SsrMode::Async/>
        <Route path=path!("account/orders") view=Page::Till(TillPage::Orders) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
