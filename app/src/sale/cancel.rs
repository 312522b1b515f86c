use super::api::CancelUnits;
use crate::dashboard::count;
use crate::ui::{
    ButtonKind, Changes, Checkbox, Confirm, Select, ServerForm, Submit, use_form_keyed, use_page,
};
use leptos::prelude::*;
use model::{Money, RewardOutcome, SaleLine};

/// Cancels units of a line; each choice says what the shopper gets back.
#[component]
pub fn Cancel(
    /// The line.
    line: SaleLine,
    /// Units not cancelled yet; at least one.
    left: i64,
    /// Shipping that goes back as well when all of them are cancelled.
    shipping: Money,
    /// The key of the next cancellation.
    key_of_next: String,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let form = use_form_keyed::<CancelUnits>(line.id);
    changes.follow(form);
    let currency = use_page().currency();
    let choices = (1..=left)
        .map(|units| {
            let items = line.price.times(units).unwrap_or_default();
            let with_shipping = units == left && shipping > Money::ZERO;
            let back = if with_shipping {
                items.plus(shipping).unwrap_or(items)
            } else {
                items
            };
            let shipping = if with_shipping {
                ", shipping included"
            } else {
                ""
            };
            let words = format!(
                "{}: {} back{shipping}",
                count(units, "unit", "units"),
                back.show(currency)
            );
            (units.to_string(), words)
        })
        .collect::<Vec<_>>();
    view! {
        <div class="sale-line-cancel">
            <Confirm
                button="Cancel units"
                question="Cancel and pay back?"
                kind=ButtonKind::Quiet
                test_id="cancel-units"
            >
                <p class="note">"The shopper gets the money back at once." {reward_after(line.reward_outcome)}</p>
                <ServerForm form>
                    <input type="hidden" name="line" value=line.id.to_string()/>
                    <input type="hidden" name="form[key]" value=key_of_next/>
                    <input type="hidden" name="form[standing]" value=line.standing/>
                    <Select name="units" label="How many" options=choices value=left.to_string()/>
                    <Checkbox name="restock" label="They go back into stock" ticked=true/>
                    <div class="form-actions">
                        <Submit kind=ButtonKind::Danger small=true test_id="cancel-confirm">"Cancel and pay back"</Submit>
                    </div>
                </ServerForm>
            </Confirm>
        </div>
    }
    .into_any()
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
