use crate::account::{AccountPage, LogInPage, SignUpPage};
use crate::checkout::{CheckoutPage, StepPage};
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
        TillPage::Checkout => CheckoutPage(),
        TillPage::Step => StepPage(),
        TillPage::Order => OrderPage(),
        TillPage::Orders => OrdersPage(),
    })
}
