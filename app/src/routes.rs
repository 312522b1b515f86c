//! Which page stands at which address, and in which part of the browser's code.
//!
//! Pages that shoppers and search engines see, or that can be missing, are sent when all of them is there
//! (`SsrMode::Async`): status, title and facts are then right without JavaScript.

use crate::home::HomePage;
use crate::marketplace::MarketplacePage;
use crate::parts::{Page, SellerPage, TillPage};
use crate::product::ListedProductPage;
use crate::shop::{StoreFrontPage, StoresPage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

/// What everybody sees, inside the public layout.
#[component(transparent)]
pub fn PublicRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("") view=Page::Here(HomePage) ssr=SsrMode::Async/>
        <Route path=path!("market") view=Page::Here(MarketplacePage) ssr=SsrMode::Async/>
        <Route path=path!("market/link") view=Page::Till(TillPage::Link) ssr=SsrMode::Async/>
        <Route path=path!("stores") view=Page::Here(StoresPage) ssr=SsrMode::Async/>
        <Route path=path!("s/:store") view=Page::Here(StoreFrontPage) ssr=SsrMode::Async/>
        <Route path=path!("s/:store/:product") view=Page::Here(ListedProductPage) ssr=SsrMode::Async/>
        <Route path=path!("cart") view=Page::Till(TillPage::Cart) ssr=SsrMode::Async/>
        <Route path=path!("checkout") view=Page::Till(TillPage::Checkout) ssr=SsrMode::Async/>
        <Route path=path!("pay/step/:code") view=Page::Till(TillPage::Step) ssr=SsrMode::Async/>
        <Route path=path!("order/:secret") view=Page::Till(TillPage::Order) ssr=SsrMode::Async/>
        <Route path=path!("sign-up") view=Page::Till(TillPage::SignUp)/>
        <Route path=path!("log-in") view=Page::Till(TillPage::LogIn)/>
        <Route path=path!("account") view=Page::Till(TillPage::Account) ssr=SsrMode::Async/>
        <Route path=path!("account/orders") view=Page::Till(TillPage::Orders) ssr=SsrMode::Async/>
        <Route path=path!("open-a-store") view=Page::Till(TillPage::OpenStore) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// A store owner's desk, inside the dashboard's layout. Imports come before products: `imports` is none.
#[component(transparent)]
pub fn DashboardRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("") view=Page::Seller(SellerPage::Overview) ssr=SsrMode::Async/>
        <Route path=path!("products/imports") view=Page::Seller(SellerPage::Imports) ssr=SsrMode::Async/>
        <Route path=path!("products/imports/shop/:shop") view=Page::Seller(SellerPage::ShopImport) ssr=SsrMode::Async/>
        <Route path=path!("products/imports/:import") view=Page::Seller(SellerPage::Import) ssr=SsrMode::Async/>
        <Route path=path!("products/:product/source") view=Page::Seller(SellerPage::Differences) ssr=SsrMode::Async/>
        <Route path=path!("products") view=Page::Seller(SellerPage::Products) ssr=SsrMode::Async/>
        <Route path=path!("products/new") view=Page::Seller(SellerPage::NewProduct) ssr=SsrMode::Async/>
        <Route path=path!("products/:product") view=Page::Seller(SellerPage::EditProduct) ssr=SsrMode::Async/>
        <Route path=path!("shelf") view=Page::Seller(SellerPage::Shelf) ssr=SsrMode::Async/>
        <Route path=path!("sales") view=Page::Seller(SellerPage::Sales) ssr=SsrMode::Async/>
        <Route path=path!("sales/:parcel") view=Page::Seller(SellerPage::Parcel) ssr=SsrMode::Async/>
        <Route path=path!("offers") view=Page::Seller(SellerPage::Offers) ssr=SsrMode::Async/>
        <Route path=path!("offers/new") view=Page::Seller(SellerPage::NewOffer) ssr=SsrMode::Async/>
        <Route path=path!("offers/:offer") view=Page::Seller(SellerPage::EditOffer) ssr=SsrMode::Async/>
        <Route path=path!("wallet") view=Page::Seller(SellerPage::Wallet) ssr=SsrMode::Async/>
        <Route path=path!("store") view=Page::Seller(SellerPage::Settings) ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
