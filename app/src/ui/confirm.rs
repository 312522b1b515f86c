//! A second look before something is taken away.

use super::button::ButtonKind;
use crate::prelude::*;
use leptos::html;

/// A button that opens a panel with the consequences and the form that goes through with it (as children).
/// It is a `<details>`: it opens without JavaScript, by keyboard, and needs no script to be accessible. The button
/// keeps its place and its words while the panel is open, and takes back what it did when it is pressed again; the
/// panel closes when its form has worked.
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
                <span class="button-label">{button}</span>
            </summary>
            <div class="confirm-panel" role="group" aria-label=label>
                <p class="confirm-question">{question}</p>
                {children()}
            </div>
        </details>
    }
}

/// What was asked about is done: the panel around the form closes.
pub(super) fn close_question_around(form: NodeRef<html::Form>) {
    let question = form
        .get_untracked()
        .and_then(|form| form.closest("details.confirm").ok().flatten());
    if let Some(question) = question {
        // A panel that does not close is only in the way.
        let _ = question.remove_attribute("open");
    }
}
