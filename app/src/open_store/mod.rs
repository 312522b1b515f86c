//! Opening a store.

mod address_fields;
pub mod api;
mod open_page;

use crate::parts::{Page, TillPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use open_page::OpenStorePage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn OpenStoreRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("open-a-store") view=Page::Till(TillPage::OpenStore) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
