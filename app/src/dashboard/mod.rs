//! A store owner's pages: the overview, and what all of them share.

pub mod api;
mod day_chart;
mod first_steps;
mod overview_page;
mod product_name;
mod recent_sales;
mod to_do;
mod words;

pub use day_chart::{DayChart, DayUnit};
pub use product_name::ProductName;
pub use words::count;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use overview_page::OverviewPage;

/// The dashboard's first page, inside the dashboard's layout.
#[component(transparent)]
pub fn OverviewRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("") view=OverviewPage ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
