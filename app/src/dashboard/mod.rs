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

use crate::parts::{Page, SellerPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use overview_page::OverviewPage;

/// The dashboard's first page, inside the dashboard's layout.
#[component(transparent)]
pub fn OverviewRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("") view=Page::Seller(SellerPage::Overview) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
