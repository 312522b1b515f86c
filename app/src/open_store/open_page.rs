use super::address_fields::AddressFields;
use super::api::{OpenStore, read_opening};
use crate::account::next_page;
use crate::done::own_path;
use crate::paths;
use crate::prelude::*;
use crate::store_settings::{ShippingFields, StoryFields};
use crate::ui::{
    ButtonKind, Head, LinkButton, Loaded, PageHead, ServerForm, Submit, TokensText, load, use_form,
    use_page,
};
use model::{OpeningFacts, StoreForm};

/// Opens a store, for whoever is signed in and has none.
#[component]
pub fn OpenStorePage() -> AnyView {
    let facts = load(|| (), |()| read_opening());
    view! {
        <Head
            title="Open a store"
            description="Open your own store in a minute: sell what you make, and carry what other makers offer."
        />
        <Loaded load=facts let:facts><Opening facts/></Loaded>
    }
}

#[component]
fn Opening(facts: OpeningFacts) -> impl IntoView {
    let viewer = use_page().viewer();
    // Built anew only when these change, so that a form half filled in stays.
    let who = Memo::new(move |_| {
        viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.store.is_some()))
    });
    let sentence =
        "Sell what you make, carry what other makers offer. It takes a minute and costs nothing.";
    view! {
        <div class="open-store">
            <PageHead title="Open a store" sentence/>
            {move || match who.get() {
                None => view! { <AccountFirst/> },
                Some(true) => view! { <AlreadyOpen/> },
                Some(false) => view! { <OpenForm facts=facts.clone()/> },
            }}
        </div>
    }
}

#[component]
fn AccountFirst() -> impl IntoView {
    let here = match next_page() {
        next if next.is_empty() => paths::OPEN_STORE.to_owned(),
        next => paths::open_store_then(&next),
    };
    view! {
        <section class="panel panel-stack" data-testid="account-first">
            <h2>"First, an account"</h2>
            <p>"A store belongs to somebody. Sign up, or log in, and you come straight back here."</p>
            <div class="form-actions">
                <LinkButton href=paths::sign_up_then(&here)>"Sign up"</LinkButton>
                <LinkButton href=paths::log_in_then(&here) kind=ButtonKind::Secondary>"Log in"</LinkButton>
            </div>
        </section>
    }
}

#[component]
fn AlreadyOpen() -> impl IntoView {
    let (href, words) = match own_path(Some(&next_page()), paths::DASHBOARD) {
        dashboard if dashboard == paths::DASHBOARD => (dashboard, "Go to the dashboard"),
        next => (next, "Go on"),
    };
    view! {
        <section class="panel panel-stack" data-testid="store-open-already">
            <h2>"You have a store"</h2>
            <p>"An account has one store. Yours is in the dashboard."</p>
            <div class="form-actions"><LinkButton href>{words}</LinkButton></div>
        </section>
    }
}

#[component]
fn OpenForm(facts: OpeningFacts) -> impl IntoView {
    let form = use_form::<OpenStore>();
    view! {
        <ServerForm form test_id="open-store">
            <input type="hidden" name="next" value=next_page()/>
            <section class="panel form-stack" aria-labelledby="front">
                <h2 id="front">"Your store front"</h2>
                <AddressFields begins=facts.address/>
                <StoryFields store=StoreForm::default()/>
            </section>
            <section class="panel form-stack" aria-labelledby="shipping">
                <h2 id="shipping">"Shipping"</h2>
                <ShippingFields store=StoreForm::default()/>
            </section>
            <p class="open-store-grant">
                <TokensText amount=facts.grant/> " come with it: tokens to thank other stores for selling what you make."
            </p>
            <div class="form-actions"><Submit test_id="open-store-submit">"Open the store"</Submit></div>
        </ServerForm>
    }
}
