use super::address_fields::AddressFields;
use super::api::PlaceOrder;
use super::card_fields::CardFields;
use super::summary::Summary;
use super::trouble::Trouble;
use crate::cart::api::read_cart;
use crate::error::AppError;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::{Form, Icon, MoneyText, ServerForm, Submit, use_form, use_page};
use leptos::task::spawn_local;
use model::{CartView, CheckoutView, counted};

/// Address, card and the pay button beside what is to be paid.
#[component]
pub fn CheckoutForm(
    /// What is to be paid, and this page's key.
    checkout: CheckoutView,
) -> impl IntoView {
    let form = use_form::<PlaceOrder>();
    let cart = RwSignal::new(checkout.cart);
    let attempt = RwSignal::new(0_u32);
    follow_refusals(form, cart, attempt);
    let total = Signal::derive(move || cart.with(|cart| cart.total));
    let key = checkout.key;
    view! {
        <div class="checkout-page">
            <ServerForm form class="checkout-form" bare=true test_id="checkout-form">
                <Trouble error=form.failure() total/>
                <input type="hidden" name="form[key]" value=move || format!("{key}{}", attempt.get())/>
                <input type="hidden" name="form[seen_total]" value=move || total.get().0.to_string()/>
                <input type="hidden" name="form[seen]" value=move || cart.with(|cart| cart.seen.clone())/>
                <AddressFields/>
                <CardFields/>
                <Submit wide=true test_id="pay">
                    <Icon icon=icondata_lu::LuLock/>
                    "Pay "
                    {move || view! { <MoneyText amount=total.get()/> }}
                </Submit>
                <p class="note"><HoldNote/></p>
            </ServerForm>
            {move || view! { <Summary cart=cart.get()/> }}
        </div>
    }
}

#[component]
fn HoldNote() -> impl IntoView {
    let minutes = use_page().market().hold_minutes;
    format!(
        "When you press pay, everything in your cart is set aside for you for {}.",
        counted(minutes, "minute", "minutes")
    )
}

/// After a refusal the next attempt is a new checkout, and the cart is read again: its total may have changed.
/// Without an answer the payment may have gone through, so the same key is sent once more and can't pay twice.
fn follow_refusals(form: Form, cart: RwSignal<CartView>, attempt: RwSignal<u32>) {
    let answer = form.answer();
    effect(move || {
        let refused = answer.with(|answer| match answer {
            Some(Err(
                AppError::Offline
                | AppError::NotUnderstood
                | AppError::Unavailable(_)
                | AppError::Internal { .. },
            ))
            | Some(Ok(_))
            | None => false,
            Some(Err(_)) => true,
        });
        if refused {
            attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
            spawn_local(async move {
                // The page goes on with the total it knows; the server refuses another.
                if let Ok(fresh) = read_cart().await {
                    cart.try_set(fresh);
                }
            });
        }
    });
}
