//! A maker's own products: the list, the form, their pictures, and putting them on her shelf.

pub mod api;
mod edit_page;
mod list_page;
mod new_page;
mod offer_panel;
mod pictures;
mod product_fields;
mod product_table;
mod send_picture;
mod standing;
mod tabs;
mod upload;
mod variant_rows;

pub use product_fields::ProductFields;
pub use tabs::ProductTabs;
pub use upload::pictures_added;

use crate::parts::{Page, SellerPage};
pub(crate) use edit_page::EditProductPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use list_page::ProductsPage;
pub(crate) use new_page::NewProductPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn CatalogueRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("products") view=Page::Seller(SellerPage::Products) ssr=SsrMode::Async/>
        <Route path=path!("products/new") view=Page::Seller(SellerPage::NewProduct) ssr=SsrMode::Async/>
        <Route path=path!("products/:product") view=Page::Seller(SellerPage::EditProduct) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
