use crate::prelude::*;
use crate::ui::{Field, Icon, use_page};

/// Which number does what in test mode.
const TEST_CARDS: [(&str, &str); 5] = [
    ("4242 4242 4242 4242", "pays"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 9995", "has too little money on it"),
    ("4000 0000 0000 3220", "asks for a second step"),
    ("4000 0000 0000 0341", "pays, but the answer comes late"),
];

/// The card. Nothing of it is kept: it is asked for again after every attempt.
#[component]
pub fn CardFields() -> impl IntoView {
    let is_test = use_page().market().test_payments;
    view! {
        <fieldset class="checkout-part">
            <legend>"Card"</legend>
            {is_test.then(|| view! { <TestCards/> })}
            <Field
                name="card_number" argument="card" label="Card number" autocomplete="cc-number" inputmode="numeric"
                placeholder="1234 1234 1234 1234"
            />
            <div class="form-pair">
                <Field
                    name="expiry" argument="card" label="Valid until" autocomplete="cc-exp" inputmode="numeric"
                    placeholder="MM/YY"
                />
                <Field
                    name="cvc" argument="card" label="Security code" autocomplete="cc-csc" inputmode="numeric"
                    placeholder="123"
                />
            </div>
        </fieldset>
    }
}

#[component]
fn TestCards() -> impl IntoView {
    let rows = TEST_CARDS
        .map(|(number, effect)| view! { <li><code translate="no">{number}</code>" "{effect}</li> });
    view! {
        <div class="test-mode" role="note" data-testid="test-mode">
            <p class="test-mode-title">
                <Icon icon=icondata_lu::LuFlaskConical/>
                "Test mode: no real card is ever charged"
            </p>
            <p>"Don’t enter a card of your own. Use one of these numbers, with any date to come and any security code:"</p>
            <ul>{rows.collect_view()}</ul>
        </div>
    }
}
