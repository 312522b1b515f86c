use crate::prelude::*;

/// One figure and what it means; children are the figure.
#[component]
pub fn Stat(
    /// What the figure counts.
    #[prop(into)]
    label: String,
    /// A few words below.
    #[prop(into, optional)]
    note: Option<String>,
    /// Where more of it is.
    #[prop(into, optional)]
    href: Option<String>,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    /// The figure.
    children: Children,
) -> impl IntoView {
    let label = match href {
        Some(href) => view! { <a class="stat-link" href=href>{label}</a> },
        None => label.into_any(),
    };
    view! {
        <dl class="stat-tile" data-testid=test_id>
            <dt class="stat-label">{label}</dt>
            <dd class="stat-number">{children()}</dd>
            {note.map(|note| view! { <dd class="stat-note">{note}</dd> })}
        </dl>
    }
}
