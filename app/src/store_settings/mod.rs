//! What a store says of itself.

mod accent_field;
pub mod api;
mod fields;
mod settings_page;

pub use fields::{ShippingFields, StoryFields};

use crate::parts::{Page, SellerPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use settings_page::SettingsPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn StoreSettingsRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("store") view=Page::Seller(SellerPage::Settings) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
