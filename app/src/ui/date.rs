use leptos::prelude::*;
use model::Timestamp;

/// A day: `22 Nov 2026`. Always UTC, so that the server and the browser write the same.
#[component]
pub fn DateText(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    view! { <time datetime=at.iso() class="whitespace-nowrap">{at.show_date()}</time> }
}

/// A day and minute: `22 Nov 2026, 16:05 UTC`.
#[component]
pub fn TimeText(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    view! { <time datetime=at.iso() class="whitespace-nowrap">{at.show()}</time> }
}
