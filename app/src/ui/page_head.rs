use crate::prelude::*;

/// A page's heading: its name, a sentence, and what one can do here (as children).
#[component]
pub fn PageHead(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// What the page is for.
    #[prop(into, optional)]
    sentence: Option<String>,
    /// Buttons at its side.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head">
            <div class="shrinks">
                <h1>{title}</h1>
                {sentence.map(|sentence| view! { <p>{sentence}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-head-actions">{children()}</div> })}
        </header>
    }
}
