use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, LinkButton, use_page};

const STEPS: [(&str, &str); 3] = [
    (
        "Open your store",
        "A name, a colour, a line about what you make. It takes a minute and costs nothing.",
    ),
    (
        "Fill your shelf",
        "Put up your own products at your own price. Beside them, carry what other makers make, without buying any stock.",
    ),
    (
        "Other stores sell for you",
        "They show your products to their customers. You keep your price, you ship the parcel, and you are paid as if you had sold it yourself.",
    ),
];

/// For makers: how opening a store works, in three steps. Somebody with a store sees the way to it instead.
#[component]
pub fn HowItWorks() -> impl IntoView {
    let viewer = use_page().viewer();
    move || match viewer.get() {
        Some(viewer) if viewer.store.is_some() => ().into_any(),
        Some(_) => view! { <Steps open_store=paths::OPEN_STORE/> },
        None => view! { <Steps open_store=paths::SIGN_UP/> },
    }
}

#[component]
fn Steps(open_store: &'static str) -> impl IntoView {
    let steps = STEPS
        .into_iter()
        .zip(1..)
        .map(|((title, sentence), number)| {
            view! {
                <li>
                    <span class="step-number" aria-hidden="true">{number}</span>
                    <h3>{title}</h3>
                    <p>{sentence}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="maker-band" aria-labelledby="for-makers">
            <div class="maker-band-head">
                <h2 id="for-makers">"You make something? Open your store"</h2>
                <LinkButton href=open_store test_id="open-your-store">"Open your store"</LinkButton>
            </div>
            <ol class="maker-steps">{steps}</ol>
        </section>
    }
}

/// For somebody with a store: the way to it.
#[component]
pub fn OwnStoreBar() -> impl IntoView {
    let store = use_page().store();
    move || {
        store.get().map(|store| {
            view! {
                <section class="own-store-bar" aria-label="Your store">
                    <p>"Welcome back to "<a class="link" href=paths::store(&store.slug)>{store.name}</a>"."</p>
                    <div class="button-row">
                        <LinkButton href=paths::DASHBOARD small=true test_id="home-dashboard">"Your dashboard"</LinkButton>
                        <LinkButton href=paths::MARKET small=true kind=ButtonKind::Secondary>
                            "Find products for your shelf"
                        </LinkButton>
                    </div>
                </section>
            }
        })
    }
}
