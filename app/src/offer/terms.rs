//! Rate and units, and what they cost before anything moves.
//!
//! The form carries the cost that stands on the screen. The server goes on only with that very cost, so the
//! maker has always seen what she confirms: with a script the cost follows her typing, without one the first
//! press shows it.

use super::quote::QuotePanel;
use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{Field, Submit, use_page};
use leptos_router::hooks::use_query_map;
use model::{OfferForm, Quote, Tokens};

/// What a quote is worked out from.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Tokens in the wallet.
    pub wallet: Tokens,
    /// Tokens the offer already holds.
    pub in_escrow: Tokens,
    /// Units that may be covered.
    pub coverable: i64,
}

impl Terms {
    fn quote(self, form: &OfferForm) -> Option<Quote> {
        let terms = form.validate().ok()?;
        Some(Quote::of(
            terms,
            self.wallet,
            self.in_escrow,
            self.coverable,
        ))
    }
}

/// What the address carries: the rate and units a quote was asked for without a script.
#[must_use]
pub fn typed_in_query() -> OfferForm {
    let query = use_query_map();
    query.with_untracked(|query| OfferForm {
        rate: query.get("rate").unwrap_or_default(),
        units: query.get("units").unwrap_or_default(),
    })
}

/// The fields, the quote and the one button.
#[component]
pub fn TermsFields(
    /// What a quote is worked out from.
    terms: Terms,
    /// What the fields start with.
    start: OfferForm,
    /// What the offer is now, if it is open.
    #[prop(optional)]
    now: OfferForm,
) -> impl IntoView {
    // What was typed before a refusal comes first, as in the fields themselves.
    let kept = |input: &str, start: String| {
        current_form().map_or(start.clone(), |form| form.value(input, start))
    };
    let rate = RwSignal::new(kept("form[rate]", start.rate.clone()));
    let units = RwSignal::new(kept("form[units]", start.units.clone()));
    let quote = Memo::new(move |_| {
        terms.quote(&OfferForm {
            rate: rate.get(),
            units: units.get(),
        })
    });
    let cost = move || {
        quote
            .get()
            .map(|quote| quote.escrow.typed())
            .unwrap_or_default()
    };
    view! {
        <div class="form-pair">
            <Field
                name="rate"
                label="Reward for each unit"
                value=start.rate
                shown=now.rate
                inputmode="decimal"
                autocomplete="off"
                after=use_page().token()
                hint="Goes to the store that sells it."
                on_typed=Callback::new(move |text| rate.set(text))
            />
            <Field
                name="units"
                label="Units to cover"
                value=start.units
                shown=now.units
                inputmode="numeric"
                autocomplete="off"
                after=format!("of {}", terms.coverable)
                hint="Units you have in stock and promise a reward for."
                on_typed=Callback::new(move |text| units.set(text))
            />
        </div>
        <input type="hidden" name="cost" value=cost/>
        {move || quote.get().map(|quote| view! { <QuotePanel quote/> })}
        <div class="form-actions"><ConfirmButton quote/></div>
    }
}

#[component]
fn ConfirmButton(quote: Memo<Option<Quote>>) -> impl IntoView {
    let shown = Memo::new(move |_| quote.with(Option::is_some));
    move || {
        if shown.get() {
            view! { <Submit test_id="offer-confirm">"Confirm"</Submit> }
        } else {
            view! { <Submit test_id="offer-show-cost">"Show what it costs"</Submit> }
        }
    }
}
