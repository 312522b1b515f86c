use crate::prelude::*;
use crate::ui::Icon;
use crate::ui::form::current_form;
use leptos::html;
use leptos::web_sys::HtmlInputElement;

/// How many units: a number with a step down and a step up. What is wrong with the form around it is said here.
#[component]
pub fn UnitsInput(
    /// What it starts with.
    units: i64,
    /// What is counted, for screen readers.
    #[prop(into)]
    label: String,
    /// The most that can be had.
    most: Signal<i64>,
    /// Send the form with every change.
    #[prop(optional)]
    sends: bool,
    /// What tests find the input by.
    #[prop(default = "units")]
    test_id: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let failure = current_form().map_or_else(|| Signal::stored(None), |form| form.failure());
    let wrong = move || {
        failure.with(|error| {
            error
                .as_ref()
                .map(|error| error.about("units").unwrap_or(error.to_string()))
        })
    };
    let step = move |by: i64| {
        let Some(input) = node.get_untracked() else {
            return;
        };
        let now = input.value().trim().parse().unwrap_or(units);
        let next = now.saturating_add(by).clamp(1, most.get_untracked().max(1));
        input.set_value(&next.to_string());
        if sends {
            send_form_of(&input);
        }
    };
    view! {
        <div class="units">
            <div class="units-box">
                <button type="button" class="units-step needs-script" aria-label="One fewer" on:click=move |_| step(-1)>
                    <Icon icon=icondata_lu::LuMinus/>
                </button>
                <input
                    node_ref=node
                    type="number"
                    inputmode="numeric"
                    name="units"
                    min="1"
                    max=most
                    value=units
                    prop:value=units.to_string()
                    autocomplete="off"
                    aria-label=label
                    aria-invalid=move || failure.with(Option::is_some).then_some("true")
                    data-testid=test_id
                    on:change:target=move |event| {
                        if sends {
                            send_form_of(&event.target());
                        }
                    }
                />
                <button type="button" class="units-step needs-script" aria-label="One more" on:click=move |_| step(1)>
                    <Icon icon=icondata_lu::LuPlus/>
                </button>
            </div>
            <p class="field-error" aria-live="polite" data-testid="field-error">{wrong}</p>
        </div>
    }
}

fn send_form_of(input: &HtmlInputElement) {
    if let Some(form) = input.form() {
        // A form that can't be sent keeps what was typed; there is nothing else to do.
        let _ = form.request_submit();
    }
}
