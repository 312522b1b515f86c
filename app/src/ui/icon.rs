#![expect(
    clippy::disallowed_methods,
    reason = "an icon's lines are the icon set's own"
)]

use crate::prelude::*;

/// A line icon, as large as the part around it says by `--icon`; a picture beside words, so screen readers skip it.
#[component]
pub fn Icon(
    /// One of `icondata_lu`.
    icon: icondata_core::Icon,
    /// What else it is.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    view! {
        <svg
            class=format!("icon {class}")
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=icon.data
        ></svg>
    }
}
