use crate::prelude::*;

/// A plain text with the paragraphs and line breaks its writer made.
#[component]
pub fn Prose(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let paragraphs = text
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| view! { <p>{paragraph.trim().to_owned()}</p> })
        .collect_view();
    view! { <div class="prose-text">{paragraphs}</div> }
}
