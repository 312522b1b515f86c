//! Everything makers offer, searched, filtered and sorted by address.

pub mod address;
pub mod api;
mod filters;
mod marketplace_page;
mod search_form;

pub use search_form::SearchForm;

use crate::parts::Page;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use marketplace_page::MarketplacePage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn MarketplaceRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("market") view=Page::Here(MarketplacePage) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
