//! The shopper's cart: lines from any stores, grouped by the maker who will ship them (C1).

pub mod api;
mod cart_line;
mod cart_page;
mod live;
pub mod parcel_group;
pub mod seen_prices;
pub mod totals;
pub mod undo;
mod units_input;

pub use units_input::UnitsInput;

use crate::parts::Page;
use cart_page::CartPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn CartRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("cart") view=Page::Here(CartPage) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
