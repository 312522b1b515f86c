use super::api::CancelUnits;
use crate::paths;
use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{
    ButtonKind, Changes, Checkbox, Confirm, QueryForm, ServerForm, Submit, use_form_keyed, use_page,
};
use model::counted;
use model::{Money, OrderLineId, ParcelId, RewardOutcome, SaleLine};

/// The names that the first step's choice has in the page's address.
const LINE: &str = "line";
const UNITS: &str = "units";

/// Which units of which line somebody is about to cancel, by the page's address: the first of two steps. It works
/// without JavaScript, and nothing is chosen before a person has chosen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    line: OrderLineId,
    units: i64,
}

impl Choice {
    /// Reads an address.
    pub fn read(line: Option<&str>, units: Option<&str>) -> Option<Choice> {
        Some(Choice {
            line: line?.parse().ok()?,
            units: units?.parse().ok()?,
        })
    }
}

/// What the parcel's page knows of cancelling.
#[derive(Clone, Debug)]
pub struct Cancelling {
    /// The parcel.
    pub parcel: ParcelId,
    /// It has not left: units are still in the maker's hands.
    pub here: bool,
    /// What is about to be cancelled.
    pub choice: Option<Choice>,
    /// The key of the next cancellation.
    pub key: String,
}

/// Cancels units of a line in two steps: how many, and then with the exact sum.
#[component]
pub fn Cancel(
    /// The line.
    line: SaleLine,
    /// Units not cancelled yet; at least one.
    left: i64,
    /// Shipping that goes back as well when all of them are cancelled.
    shipping: Money,
    /// What the page knows.
    cancelling: Cancelling,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let back = move |units: i64| {
        let items = line.price.times(units).unwrap_or_default();
        let shipping = if units == left { shipping } else { Money::ZERO };
        items.plus(shipping).unwrap_or(items)
    };
    let chosen = cancelling
        .choice
        .filter(|choice| choice.line == line.id && (1..=left).contains(&choice.units));
    let inside = match chosen {
        None => {
            let options = (1..=left).map(|units| (units, back(units))).collect();
            view! { <HowMany line=line.id options parcel=cancelling.parcel/> }
        }
        Some(Choice { units, .. }) => {
            let with_shipping = units == left && shipping > Money::ZERO;
            let sum = back(units);
            view! { <PayBack line units sum with_shipping cancelling changes/> }
        }
    };
    view! { <div class="sale-line-cancel">{inside}</div> }
}

#[component]
fn HowMany(line: OrderLineId, options: Vec<(i64, Money)>, parcel: ParcelId) -> impl IntoView {
    let currency = use_page().currency();
    let id = format!("cancel-units-of-{line}");
    let options = options
        .into_iter()
        .map(|(units, sum)| {
            let words = format!(
                "{}: {} back",
                counted(units, "unit", "units"),
                sum.show(currency)
            );
            view! { <option value=units.to_string()>{words}</option> }
        })
        .collect_view();
    view! {
        <Confirm button="Cancel units" question="Cancel how many?" kind=ButtonKind::Quiet test_id="cancel-units">
            <QueryForm action=paths::sale(parcel) class="form-stack">
                <input type="hidden" name=LINE value=line.to_string()/>
                <div class="field">
                    <label class="field-label" for=id.clone()>"How many"</label>
                    <div class="input-box">
                        <select class="input-text input-select" id=id name=UNITS required autocomplete="off" data-testid="units">
                            <option value="">"Choose"</option>
                            {options}
                        </select>
                    </div>
                </div>
                <div class="form-actions">
                    <button type="submit" class="button button-secondary button-small" data-testid="cancel-next">"Go on"</button>
                </div>
            </QueryForm>
        </Confirm>
    }
}

#[component]
fn PayBack(
    line: SaleLine,
    units: i64,
    sum: Money,
    with_shipping: bool,
    cancelling: Cancelling,
    changes: Changes,
) -> impl IntoView {
    let form = use_form_keyed::<CancelUnits>(line.id);
    changes.follow(form);
    let sum = sum.show(use_page().currency());
    let shipping = if with_shipping {
        ", shipping included"
    } else {
        ""
    };
    let question = format!(
        "Cancel {} and pay back {sum}{shipping}?",
        counted(units, "unit", "units")
    );
    let (parcel, label) = (cancelling.parcel, question.clone());
    view! {
        <div class="confirm-panel" role="group" aria-label=label data-testid="cancel-panel">
            <p class="confirm-question">{question}</p>
            <p class="note">"The shopper gets the money back at once." {reward_after(line.reward_outcome)}</p>
            <ServerForm form bare=true>
                <input type="hidden" name="line" value=line.id.to_string()/>
                <input type="hidden" name="parcel" value=parcel.to_string()/>
                <input type="hidden" name="form[units]" value=units.to_string()/>
                <input type="hidden" name="form[key]" value=cancelling.key/>
                <input type="hidden" name="form[standing]" value=line.standing/>
                // What has left the house is not in it.
                <Checkbox name="restock" label="They go back into stock" ticked=cancelling.here/>
                <Problem/>
                <div class="form-actions">
                    <Submit kind=ButtonKind::Danger small=true test_id="cancel-confirm">{format!("Refund {sum}")}</Submit>
                    <a class="button button-quiet button-small" href=paths::sale(parcel) data-testid="cancel-keep">"Keep it"</a>
                </div>
            </ServerForm>
        </div>
    }
}

/// Why it did not go through: somebody may have cancelled units in the meantime.
#[component]
fn Problem() -> impl IntoView {
    let failure = current_form().map_or_else(|| Signal::stored(None), |form| form.failure());
    let sentence = move || {
        failure.with(|error| {
            error
                .as_ref()
                .map(|error| error.about("units").unwrap_or(error.to_string()))
        })
    };
    view! { <p class="field-error" aria-live="polite" data-testid="field-error">{sentence}</p> }
}

/// What cancelling means for the reward (C6).
const fn reward_after(outcome: RewardOutcome) -> &'static str {
    match outcome {
        RewardOutcome::Paid | RewardOutcome::PaidInPart => {
            " A reward already paid stays with the store that sold it."
        }
        RewardOutcome::Promised => " The reward promised for them comes back to you.",
        RewardOutcome::OwnShelf
        | RewardOutcome::NotCovered
        | RewardOutcome::OwnPurchase
        | RewardOutcome::Returned => "",
    }
}
