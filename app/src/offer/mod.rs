//! A maker's offers to other stores: the list, opening one, changing it, revoking it.

pub mod api;
mod choose_product;
mod edit_page;
mod list_page;
mod new_page;
mod offer_table;
mod quote;
mod revoke;
mod terms;

use crate::parts::{Page, SellerPage};
pub(crate) use edit_page::EditOfferPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use list_page::OffersPage;
pub(crate) use new_page::NewOfferPage;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn OfferRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("offers") view=Page::Seller(SellerPage::Offers) ssr=SsrMode::Async/>
        <Route path=path!("offers/new") view=Page::Seller(SellerPage::NewOffer) ssr=SsrMode::Async/>
        <Route path=path!("offers/:offer") view=Page::Seller(SellerPage::EditOffer) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
