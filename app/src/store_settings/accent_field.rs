use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{Shared, input_name};
use model::Accent;

/// The store's colour, as swatches.
#[component]
pub fn AccentField(
    /// The colour's word it starts with; empty for the first choice.
    value: String,
) -> impl IntoView {
    let input = input_name("accent");
    let value = if value.is_empty() {
        Accent::Indigo.to_string()
    } else {
        value
    };
    let shown = value.clone();
    let chosen = current_form().map_or(value.clone(), |form| form.value(&input, value));
    let words = Accent::ALL
        .iter()
        .map(|accent| (accent.to_string(), accent.label().to_owned()))
        .collect::<Vec<_>>();
    let swatches = Accent::ALL
        .iter()
        .map(|accent| {
            view! {
                <label class="swatch" data-accent=accent.as_str()>
                    <input
                        type="radio"
                        name=input.clone()
                        value=accent.as_str()
                        checked=accent.as_str() == chosen
                        data-testid=format!("accent-{accent}")
                    />
                    <span class="swatch-face" aria-hidden="true"></span>
                    <span class="swatch-name">{accent.label()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">"Colour"</legend>
            <Shared name="accent" shown words>
                <div class="swatches">{swatches}</div>
            </Shared>
        </fieldset>
    }
}
