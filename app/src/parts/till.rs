use crate::account::{AccountPage, LogInPage, SignUpPage};
use crate::cart::CartPage;
use crate::checkout::{CheckoutPage, StepPage};
use crate::link::LinkPage;
use crate::open_store::OpenStorePage;
use crate::order::{OrderPage, OrdersPage};
use leptos::prelude::AnyView;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A page of the till.
#[derive(Clone, Copy)]
pub enum TillPage {
    LogIn,
    SignUp,
    Account,
    OpenStore,
    Link,
    Cart,
    Checkout,
    Step,
    Order,
    Orders,
}

#[wasm_split(till, wasm_split_path = leptos::wasm_split, fallible, preload(load))]
pub(super) fn view(page: TillPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        TillPage::LogIn => LogInPage(),
        TillPage::SignUp => SignUpPage(),
        TillPage::Account => AccountPage(),
        TillPage::OpenStore => OpenStorePage(),
        TillPage::Link => LinkPage(),
        TillPage::Cart => CartPage(),
        TillPage::Checkout => CheckoutPage(),
        TillPage::Step => StepPage(),
        TillPage::Order => OrderPage(),
        TillPage::Orders => OrdersPage(),
    })
}
