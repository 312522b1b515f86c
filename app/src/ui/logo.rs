use crate::prelude::*;

/// The mark: two shelves, each a board with books, meeting under one awning.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="mark-board" d="M3 5.5C3 4.1 4.1 3 5.5 3h21C27.9 3 29 4.1 29 5.5V9a3.25 3.25 0 0 1-6.5 0 3.25 3.25 0 0 1-6.5 0 3.25 3.25 0 0 1-6.5 0A3.25 3.25 0 0 1 3 9Z"/>
            <path class="mark-board" d="M3 26.2c0-.66.54-1.2 1.2-1.2h23.6c.66 0 1.2.54 1.2 1.2v1.6c0 .66-.54 1.2-1.2 1.2H4.2A1.2 1.2 0 0 1 3 27.8Z"/>
            <rect class="mark-board" x="6" y="15.5" width="4.4" height="8" rx="1.1"/>
            <rect class="mark-board" x="12" y="17.5" width="3.4" height="6" rx="1.1"/>
            <path class="mark-accent" d="m19.2 16.1 3.1-.9a1.1 1.1 0 0 1 1.36.75l1.85 6.4a1 1 0 0 1-.68 1.24l-3.3.95a1 1 0 0 1-1.24-.69l-1.84-6.4a1.1 1.1 0 0 1 .75-1.35Z"/>
        </svg>
    }
}

/// The mark and the name.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <span class="logo">
            <Mark/>
            <span>"Shelfshare"</span>
        </span>
    }
}
