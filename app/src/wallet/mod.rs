//! A store's wallet: what it holds, what it earned and every movement.

pub mod api;
mod statement;
mod wallet_page;

use crate::parts::{Page, SellerPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
pub(crate) use wallet_page::WalletScreen;

/// This feature's addresses, inside the dashboard's layout.
#[component(transparent)]
pub fn WalletRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("wallet") view=Page::Seller(SellerPage::Wallet) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
