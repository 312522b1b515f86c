//! Which page stands at which address, and in which part of the browser's code.
//!
//! Pages that shoppers and search engines see, or that can be missing, are sent when all of them is there
//! (`SsrMode::Async`): status, title and facts are then right without JavaScript.

use crate::home::HomePage;
use crate::marketplace::MarketplacePage;
use crate::parts::{Page, SellerPage, TillPage};
use crate::prelude::*;
use crate::product::ListedProductPage;
use crate::shop::{StoreFrontPage, StoresPage};
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{PossibleRouteMatch, SsrMode, path};
use std::sync::Arc;

/// Paths are of one type, so that what the router does with a route is compiled once.
pub(crate) fn at(
    path: impl PossibleRouteMatch + Send + Sync + 'static,
) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}

/// What everybody sees, inside the public layout.
#[component(transparent)]
pub fn PublicRoutes() -> AnyNestedRoute {
    leptos::view! {
        <Route path=at(path!("")) view=Page::Here(HomePage) ssr=SsrMode::Async/>
        <Route path=at(path!("market")) view=Page::Here(MarketplacePage) ssr=SsrMode::Async/>
        <Route path=at(path!("market/link")) view=Page::Till(TillPage::Link) ssr=SsrMode::Async/>
        <Route path=at(path!("stores")) view=Page::Here(StoresPage) ssr=SsrMode::Async/>
        <Route path=at(path!("s/:store")) view=Page::Here(StoreFrontPage) ssr=SsrMode::Async/>
        <Route path=at(path!("s/:store/:product")) view=Page::Here(ListedProductPage) ssr=SsrMode::Async/>
        <Route path=at(path!("cart")) view=Page::Till(TillPage::Cart) ssr=SsrMode::Async/>
        <Route path=at(path!("checkout")) view=Page::Till(TillPage::Checkout) ssr=SsrMode::Async/>
        <Route path=at(path!("pay/step/:code")) view=Page::Till(TillPage::Step) ssr=SsrMode::Async/>
        <Route path=at(path!("order/:secret")) view=Page::Till(TillPage::Order) ssr=SsrMode::Async/>
        <Route path=at(path!("sign-up")) view=Page::Till(TillPage::SignUp)/>
        <Route path=at(path!("log-in")) view=Page::Till(TillPage::LogIn)/>
        <Route path=at(path!("account")) view=Page::Till(TillPage::Account) ssr=SsrMode::Async/>
        <Route path=at(path!("account/orders")) view=Page::Till(TillPage::Orders) ssr=SsrMode::Async/>
        <Route path=at(path!("open-a-store")) view=Page::Till(TillPage::OpenStore) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// A store owner's desk, inside the dashboard's layout. Imports come before products: `imports` is none.
#[component(transparent)]
pub fn DashboardRoutes() -> AnyNestedRoute {
    leptos::view! {
        <Route path=at(path!("")) view=Page::Seller(SellerPage::Overview) ssr=SsrMode::Async/>
        <Route path=at(path!("products/imports")) view=Page::Seller(SellerPage::Imports) ssr=SsrMode::Async/>
        <Route path=at(path!("products/imports/shop/:shop")) view=Page::Seller(SellerPage::ShopImport) ssr=SsrMode::Async/>
        <Route path=at(path!("products/imports/:import")) view=Page::Seller(SellerPage::Import) ssr=SsrMode::Async/>
        <Route path=at(path!("products/:product/source")) view=Page::Seller(SellerPage::Differences) ssr=SsrMode::Async/>
        <Route path=at(path!("products")) view=Page::Seller(SellerPage::Products) ssr=SsrMode::Async/>
        <Route path=at(path!("products/new")) view=Page::Seller(SellerPage::NewProduct) ssr=SsrMode::Async/>
        <Route path=at(path!("products/:product")) view=Page::Seller(SellerPage::EditProduct) ssr=SsrMode::Async/>
        <Route path=at(path!("shelf")) view=Page::Seller(SellerPage::Shelf) ssr=SsrMode::Async/>
        <Route path=at(path!("sales")) view=Page::Seller(SellerPage::Sales) ssr=SsrMode::Async/>
        <Route path=at(path!("sales/:parcel")) view=Page::Seller(SellerPage::Parcel) ssr=SsrMode::Async/>
        <Route path=at(path!("offers")) view=Page::Seller(SellerPage::Offers) ssr=SsrMode::Async/>
        <Route path=at(path!("offers/new")) view=Page::Seller(SellerPage::NewOffer) ssr=SsrMode::Async/>
        <Route path=at(path!("offers/:offer")) view=Page::Seller(SellerPage::EditOffer) ssr=SsrMode::Async/>
        <Route path=at(path!("wallet")) view=Page::Seller(SellerPage::Wallet) ssr=SsrMode::Async/>
        <Route path=at(path!("store")) view=Page::Seller(SellerPage::Settings) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
