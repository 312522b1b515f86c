//! What the store carries of other makers.

pub mod api;
mod shelf_page;
mod shelf_table;

use crate::parts::{Page, SellerPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use shelf_page::ShelfPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn ShelfRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("shelf") view=Page::Seller(SellerPage::Shelf) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
