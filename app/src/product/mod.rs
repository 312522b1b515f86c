//! A product on a store's shelf, as everybody sees it.

pub mod api;
mod buy_box;
mod facts;
mod gallery;
mod maker_lines;
mod not_here;
mod owner_panel;
mod product_page;

use crate::parts::Page;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use product_page::ListedProductPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn ProductRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("s/:store/:product") view=Page::Here(ListedProductPage) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
