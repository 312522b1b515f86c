use crate::prelude::*;

/// Links between parts of one subject; each part has an address of its own.
#[component]
pub fn Tabs(
    /// What the parts have in common, for screen readers.
    #[prop(into)]
    label: String,
    /// [`TabLink`]s.
    children: Children,
) -> impl IntoView {
    view! { <nav class="tab-row" aria-label=label>{children()}</nav> }
}

/// One part.
#[component]
pub fn TabLink(
    /// Its address.
    #[prop(into)]
    href: String,
    /// It is the part shown now.
    #[prop(into)]
    here: Signal<bool>,
    /// How many things it holds.
    #[prop(optional)]
    count: Option<i64>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="tab-link" href=href aria-current=move || here.get().then_some("page")>
            {children()}
            {count.map(|count| view! { <span class="tab-count" translate="no">{count}</span> })}
        </a>
    }
}
