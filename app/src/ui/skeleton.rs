//! Grey shapes of what is being loaded, so that nothing jumps when it comes.

use crate::prelude::*;

/// A page with a heading and some rows.
#[component]
pub fn PageSkeleton() -> impl IntoView {
    view! {
        <div class="bones bones-page">
            <div class="bone bone-title"></div>
            <div class="bone bone-lead"></div>
            <RowsSkeleton/>
        </div>
    }
}

/// Some rows of a list.
#[component]
pub fn RowsSkeleton(
    /// How many.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    view! {
        <div class="bones" role="status" aria-label="Loading">
            {(0..rows).map(|_| view! { <div class="bone bone-row"></div> }).collect_view()}
        </div>
    }
}

/// A grid of product tiles.
#[component]
pub fn GridSkeleton(
    /// How many.
    #[prop(default = 8)]
    tiles: u8,
) -> impl IntoView {
    view! {
        <div class="product-grid" role="status" aria-label="Loading">
            {(0..tiles)
                .map(|_| {
                    view! {
                        <div class="bones">
                            <div class="bone bone-picture"></div>
                            <div class="bone bone-words"></div>
                            <div class="bone bone-price"></div>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
