use super::api::read_order;
use super::parcel::Parcel;
use super::receipt::Receipt;
use super::waiting::Waiting;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::word_in_path;
use crate::ui::{Alert, Head, LinkButton, Loaded, PageHead, StatusBadge, Tone, load};
use model::{
    Money, OrderPageView, OrderStanding, OrderState, OrderView, ParcelState, ReleaseReason,
};

/// One order, by the secret in its link.
#[component]
pub fn OrderPage() -> AnyView {
    let secret = word_in_path("secret");
    let order = load(move || secret.get(), read_order);
    view! {
        <Head title="Your order" robots=false/>
        <Loaded load=order let:page>
            <Order page again=Callback::new(move |()| order.again())/>
        </Loaded>
    }
}

#[component]
fn Order(page: OrderPageView, again: Callback<()>) -> impl IntoView {
    let OrderPageView {
        order,
        second_step,
        mine,
    } = page;
    let standing = OrderStanding::of(order.state, order.total, order.refunded);
    let (state, number) = (order.state, order.number.clone());
    let title = heading(&order);
    let parcels = if state == OrderState::Paid {
        order.parcels.clone()
    } else {
        Vec::new()
    };
    let news = match state {
        OrderState::Paid => view! { <PaidNews order=order.clone() mine/> },
        OrderState::Held => view! { <Waiting second_step again/> },
        OrderState::Released => view! { <ReleasedNews order=order.clone()/> },
    };
    view! {
        <PageHead title>
            <p class="order-number">
                "Order "<strong data-testid="order-number" translate="no">{number}</strong>
                <StatusBadge status=standing/>
            </p>
        </PageHead>
        <div class="order-page">
            <div class="parcel-groups">
                {news}
                {parcels.into_iter().map(|parcel| view! { <Parcel parcel/> }).collect_view()}
            </div>
            <Receipt order/>
        </div>
    }
}

/// The page's heading says the one thing a shopper wants to know.
fn heading(order: &OrderView) -> &'static str {
    match order.state {
        OrderState::Paid if is_fresh(order) => "Thank you for your order",
        OrderState::Paid => "Your order",
        OrderState::Held => "Almost there",
        OrderState::Released => "This order was not bought",
    }
}

/// No parcel has moved yet.
fn is_fresh(order: &OrderView) -> bool {
    order
        .parcels
        .iter()
        .all(|parcel| parcel.state == ParcelState::New)
}

#[component]
fn PaidNews(order: OrderView, mine: bool) -> impl IntoView {
    is_fresh(&order).then(|| {
        view! {
            <Alert tone=Tone::Success test_id="order-thanks">
                <p>
                    "It is paid. Each maker knows what to pack and ships her own parcel. This page shows where every parcel is: keep its address, it is the way back here."
                </p>
                {mine.then(|| view! { <p><a class="link" href=paths::ACCOUNT_ORDERS>"It is also among your orders"</a>"."</p> })}
            </Alert>
        }
    })
}

/// "Nothing was charged" is said only when the provider has said so.
fn what_became_of_the_money(order: &OrderView) -> String {
    let goes_back = order.refunded > Money::ZERO;
    let reason = order.declined_because.as_deref();
    match (order.released, reason.filter(|_| order.not_charged)) {
        (Some(ReleaseReason::Unfinished), _) if goes_back => {
            "You paid, but something broke on our side and this order could not be finished. All of your money is on its way back.".to_owned()
        }
        _ if goes_back => {
            "Your payment arrived after the time was up, when these things could not be set aside for this order any more. All of your money is on its way back.".to_owned()
        }
        (Some(ReleaseReason::Declined), Some(reason)) => format!("{reason} Nothing was charged."),
        (_, Some(_)) => {
            "The time to pay ran out before the payment arrived. Nothing was charged.".to_owned()
        }
        (_, None) => {
            "The time to pay ran out before the payment arrived. We are asking the bank to stop it; should it be paid all the same, all of the money goes back by itself.".to_owned()
        }
    }
}

#[component]
fn ReleasedNews(order: OrderView) -> impl IntoView {
    let sentence = what_became_of_the_money(&order);
    view! {
        <Alert tone=Tone::Warning test_id="order-released">
            <p>{sentence}" What you have not bought otherwise is still in your cart."</p>
        </Alert>
        <div class="form-actions">
            <LinkButton href=paths::CHECKOUT test_id="try-again">"Try again"</LinkButton>
            <LinkButton href=paths::CART kind=crate::ui::ButtonKind::Secondary>"Look at your cart"</LinkButton>
        </div>
    }
}
