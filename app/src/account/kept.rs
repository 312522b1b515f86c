use crate::prelude::*;
use crate::ui::{Alert, Tone, use_page};
use crate::wire::names::KEPT_INPUT;

/// In a form that logs in: what somebody was sending when her session turned out to be over. It goes there and back
/// with the form, and is found again on its own page.
#[component]
pub fn KeptInput() -> impl IntoView {
    use_page().kept().map(|kept| {
        view! { <input type="hidden" name=KEPT_INPUT value=kept.as_input()/> }
    })
}

/// Says so.
#[component]
pub fn KeptNote() -> impl IntoView {
    use_page().kept().map(|_| {
        view! {
            <Alert tone=Tone::Warning test_id="kept">
                "You are not logged in, so this was not sent. Log in to go on: what you typed is kept."
            </Alert>
        }
    })
}
