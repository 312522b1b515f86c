use super::api::{ChangeOffer, read_offer};
use super::offer_table::UnitsOf;
use super::revoke::Revoke;
use super::terms::{Terms, TermsFields, typed_in_query};
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{from_query, id_in_path};
use crate::ui::{
    AskBeforeLeaving, Breadcrumbs, Head, LinkButton, Loaded, PictureBox, ServerForm, StatusBadge,
    TokensLook, TokensText, load, use_form,
};
use leptos_router::params::ParamsMap;
use model::{OfferFacts, OfferForm, OfferId, OfferRow, OfferState};

/// One offer: how it goes, changing it, revoking it.
#[component]
pub fn EditOfferPage() -> AnyView {
    let id = id_in_path::<OfferId>("offer");
    let query = from_query(ParamsMap::to_query_string);
    // A quote that is asked for in the address is worked out from what the offer is then.
    let facts = load(
        move || (id.get(), query.get()),
        |(id, _)| async move { read_offer(id.ok_or(AppError::NotFound)?).await },
    );
    view! { <Loaded load=facts let:facts><EditOffer facts/></Loaded> }
}

#[component]
fn EditOffer(facts: OfferFacts) -> impl IntoView {
    let offer = facts.offer.clone();
    let above = vec![("Offers".to_owned(), paths::DASHBOARD_OFFERS.to_owned())];
    let content = if offer.state == OfferState::Open {
        view! { <ChangeForm facts/> <Revoke offer=offer.clone()/> }
    } else {
        view! {
            <p>"This offer is over: what was left of it is back in your wallet."</p>
            <p><LinkButton href=paths::offer_on(offer.product) small=true>"Make a new offer"</LinkButton></p>
        }
    };
    view! {
        <Head title=format!("Offer on {}", offer.title) robots=false/>
        <Breadcrumbs above here=offer.title.clone()/>
        <header class="page-head">
            <div class="offer-product">
                <PictureBox picture=offer.picture.clone() class="offer-product-picture"/>
                <div class="shrinks">
                    <h1>"Offer on " {offer.title.clone()}</h1>
                    <div class="page-head-state"><StatusBadge status=offer.state/></div>
                </div>
            </div>
        </header>
        <div class="offer-page">
            <Progress offer/>
            {content}
        </div>
    }
}

#[component]
fn Progress(offer: OfferRow) -> impl IntoView {
    view! {
        <dl class="facts-row">
            <div><dt>"For each unit"</dt><dd><TokensText amount=offer.rate look=TokensLook::Plain/></dd></div>
            <div>
                <dt>"Units"</dt>
                <dd><UnitsOf open=offer.open_units held=offer.held_units rewarded=offer.rewarded_units/></dd>
            </div>
            <div><dt>"In the offer"</dt><dd><TokensText amount=offer.in_escrow look=TokensLook::Plain/></dd></div>
            <div><dt>"Paid out"</dt><dd><TokensText amount=offer.paid_out look=TokensLook::Plain/></dd></div>
            <div><dt>"On other shelves"</dt><dd>{offer.shelves}</dd></div>
        </dl>
    }
}

#[component]
fn ChangeForm(facts: OfferFacts) -> impl IntoView {
    let OfferFacts { offer, desk } = facts;
    let form = use_form::<ChangeOffer>();
    let asked = typed_in_query();
    let now = OfferForm {
        rate: offer.rate.typed(),
        units: offer.open_units.to_string(),
    };
    let start = if asked == OfferForm::default() {
        now.clone()
    } else {
        asked
    };
    let terms = Terms {
        wallet: desk.wallet,
        in_escrow: offer.in_escrow,
        coverable: desk.coverable,
    };
    view! {
        <section class="panel panel-stack" aria-labelledby="change">
            <h2 id="change">"Change it"</h2>
            {(offer.held_units > 0)
                .then(|| view! { <p class="note">"Units on hold for shoppers who are paying now keep the terms they have."</p> })}
            <ServerForm form shared=true test_id="offer-form">
                <AskBeforeLeaving form/>
                <input type="hidden" name="offer" value=offer.id.to_string()/>
                <TermsFields terms start now/>
            </ServerForm>
        </section>
    }
}
