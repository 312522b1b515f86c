//! The market's front page.

pub mod api;
mod hero;
mod home_page;
mod how_it_works;

use crate::parts::Page;
use home_page::HomePage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn HomeRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("") view=Page::Here(HomePage) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
