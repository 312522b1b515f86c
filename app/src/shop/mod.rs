//! Stores as everybody sees them: the list, and each store's own front.

pub mod api;
mod store_head;
mod store_page;
mod store_tile;
mod stores_page;

pub use store_head::ShippingTerms;
pub use store_tile::StoreTile;

use crate::parts::Page;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use store_page::StoreFrontPage;
use stores_page::StoresPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn ShopRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("stores") view=Page::Here(StoresPage) ssr=SsrMode::Async/>
        <Route path=path!("s/:store") view=Page::Here(StoreFrontPage) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
