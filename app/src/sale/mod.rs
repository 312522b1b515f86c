//! A maker's sales: her parcels and what to do with each.

mod actions;
pub mod api;
mod cancel;
mod lines;
mod list_page;
mod parcel_page;
mod sales_table;
mod summary;

pub use sales_table::SalesTable;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use list_page::SalesPage;
use parcel_page::ParcelPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn SaleRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("sales") view=SalesPage ssr=SsrMode::Async/>
        <Route path=path!("sales/:parcel") view=ParcelPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
