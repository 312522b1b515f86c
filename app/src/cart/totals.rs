use super::parcel_group::ShippingAmount;
use crate::paths;
use crate::prelude::*;
use crate::ui::{LinkButton, MoneyText};
use model::CartView;

/// What it all costs, and the way to the checkout.
#[component]
pub fn CartTotals(
    /// The cart.
    cart: CartView,
    /// A change is on its way: nobody goes on to pay for what is about to be something else.
    unsure: Signal<bool>,
) -> impl IntoView {
    let parcels = match cart.groups.len() {
        1 => "One parcel".to_owned(),
        parcels => format!("{parcels} parcels, each from its maker"),
    };
    view! {
        <aside class="totals-panel" aria-label="Total">
            <Totals cart=cart.clone()/>
            {if cart.can_check_out() {
                view! {
                    <div class:hidden=unsure>
                        <LinkButton href=paths::CHECKOUT wide=true test_id="to-checkout">"Go to checkout"</LinkButton>
                    </div>
                    <button
                        type="button"
                        class="button button-primary button-wide is-pending"
                        class:hidden=move || !unsure.get()
                        disabled
                        aria-busy="true"
                    >
                        <span class="button-label">"Go to checkout"</span>
                        <span class="button-spinner" aria-hidden="true"></span>
                    </button>
                }
            } else {
                view! {
                    <button type="button" class="button button-primary button-wide" disabled aria-describedby="why-not" data-testid="to-checkout">
                        "Go to checkout"
                    </button>
                    <p id="why-not" class="field-error">"First change or remove what is marked in your cart."</p>
                }
            }}
            <p class="note">{parcels}". You pay once."</p>
        </aside>
    }
}

/// Goods, shipping and total; read out when they change.
#[component]
pub fn Totals(
    /// The cart.
    cart: CartView,
) -> impl IntoView {
    view! {
        <dl class="totals" aria-live="polite">
            <div><dt>"Goods"</dt><dd><MoneyText amount=cart.items/></dd></div>
            <div><dt>"Shipping"</dt><dd><ShippingAmount amount=cart.shipping/></dd></div>
            <div class="totals-sum"><dt>"Total"</dt><dd data-testid="cart-total"><MoneyText amount=cart.total/></dd></div>
        </dl>
    }
}
