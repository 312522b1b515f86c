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

use crate::parts::{Page, SellerPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use list_page::SalesPage;
pub(crate) use parcel_page::ParcelPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn SaleRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("sales") view=Page::Seller(SellerPage::Sales) ssr=SsrMode::Async/>
        <Route path=path!("sales/:parcel") view=Page::Seller(SellerPage::Parcel) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
