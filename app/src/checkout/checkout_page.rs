use super::api::{PlaceOrder, read_checkout};
use super::checkout_form::CheckoutForm;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Empty, Head, LinkButton, Loaded, PageHead, load, use_page};
use leptos::server_fn::ServerFn;
use model::CheckoutView;

/// One page from address to payment.
#[component]
pub fn CheckoutPage() -> AnyView {
    let checkout = load(|| (), |()| read_checkout());
    let is_test = use_page().market().test_payments;
    let sentence = if is_test {
        "Test mode: no real card is ever charged."
    } else {
        "One payment for everything in your cart."
    };
    view! {
        <Head title="Checkout" robots=false/>
        <PageHead title="Checkout" sentence/>
        <Loaded load=checkout let:checkout><Checkout checkout/></Loaded>
    }
}

#[component]
fn Checkout(checkout: CheckoutView) -> impl IntoView {
    if checkout.cart.groups.is_empty() {
        return view! {
            <Empty icon=icondata_lu::LuShoppingBag title="Your cart is empty" sentence="There is nothing to pay for.">
                <LinkButton href=paths::MARKET>"Look through the marketplace"</LinkButton>
            </Empty>
        };
    }
    // Whoever has just pressed pay keeps her form: it names what ran short and holds what she typed.
    let was_refused = use_page().refused(PlaceOrder::PATH, None).is_some();
    if !checkout.cart.can_check_out() && !was_refused {
        return view! {
            <Empty
                icon=icondata_lu::LuShoppingBag
                title="Look at your cart first"
                sentence="Something in it can’t be bought as it stands. It is marked there."
            >
                <LinkButton href=paths::CART>"Go to your cart"</LinkButton>
            </Empty>
        };
    }
    view! { <CheckoutForm checkout/> }
}
