use crate::prelude::*;

/// A text in which every character counts: a figure, a code, a number somebody is given. No translation touches it.
#[component]
pub fn Exact(
    /// The text.
    #[prop(into)]
    text: String,
    /// Its look.
    #[prop(into, optional)]
    class: Option<String>,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
) -> impl IntoView {
    view! { <span class=class translate="no" data-testid=test_id>{text}</span> }
}
