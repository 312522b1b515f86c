//! A second look before something is taken away.

use super::button::ButtonKind;
use leptos::prelude::*;

/// A button that opens a panel with the consequences and the form that goes through with it (as children).
/// It is a `<details>`: it opens without JavaScript, by keyboard, and needs no script to be accessible.
#[component]
pub fn Confirm(
    /// The first button's words.
    #[prop(into)]
    button: String,
    /// What is about to happen.
    #[prop(into)]
    question: String,
    /// How the first button looks.
    #[prop(default = ButtonKind::Danger)]
    kind: ButtonKind,
    /// What tests find the first button by.
    #[prop(into, optional)]
    test_id: Option<String>,
    /// The consequences and the form.
    children: Children,
) -> impl IntoView {
    let label = question.clone();
    view! {
        <details class="confirm">
            <summary class=kind.class() class:button-small=true data-testid=test_id>
                <span class="confirm-open">{button}</span>
                <span class="confirm-close">"Keep it"</span>
            </summary>
            <div class="confirm-panel" role="group" aria-label=label>
                <p class="confirm-question">{question}</p>
                {children()}
            </div>
        </details>
    }
    .into_any()
}
