//! Pasted links on their way to products (K1 to K3): reading a page, checking what was found, whole shops, and
//! what has changed at a product's source since.

pub mod api;
mod check;
mod check_page;
mod desk_page;
mod differences_page;
mod found;
mod import_page;
mod list;
mod picture_choices;
mod poll;
mod problem;
mod remarks;
mod shop_items;
mod shop_offer;
mod shop_page;
mod shop_progress;
mod source_panel;
mod status;
mod working;

pub use source_panel::SourcePanel;

use crate::parts::{Page, SellerPage};
pub(crate) use desk_page::ImportsPage;
pub(crate) use differences_page::DifferencesPage;
pub(crate) use import_page::ImportPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use shop_page::ShopImportPage;

/// This feature's addresses, inside the dashboard's layout and before the products' own: `imports` is no product.
#[component(transparent)]
pub fn ImportRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("products/imports") view=Page::Seller(SellerPage::Imports) ssr=SsrMode::Async/>
        <Route path=path!("products/imports/shop/:shop") view=Page::Seller(SellerPage::ShopImport) ssr=SsrMode::Async/>
        <Route path=path!("products/imports/:import") view=Page::Seller(SellerPage::Import) ssr=SsrMode::Async/>
        <Route path=path!("products/:product/source") view=Page::Seller(SellerPage::Differences) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
