//! One checkout for everything in the cart (C1): address and card on one page, and the sandbox bank's second step.

mod address_fields;
pub mod api;
mod card_fields;
mod checkout_form;
mod checkout_page;
mod step_page;
mod summary;
mod trouble;

use crate::parts::{Page, TillPage};
pub(crate) use checkout_page::CheckoutPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use step_page::StepPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn CheckoutRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("checkout") view=Page::Till(TillPage::Checkout) ssr=SsrMode::Async/>
        <Route path=path!("pay/step/:code") view=Page::Till(TillPage::Step) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
