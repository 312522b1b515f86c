//! Grey shapes of what is being loaded, so that nothing jumps when it comes.

use crate::prelude::*;

/// A page with a heading and some rows.
#[component]
pub fn PageSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <div class="bone h-9 w-56"></div>
            <div class="bone h-5 w-80 max-w-full"></div>
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
        <div class="grid gap-3" role="status" aria-label="Loading">
            {(0..rows).map(|_| view! { <div class="bone h-16"></div> }).collect_view()}
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
                        <div class="grid gap-3">
                            <div class="bone aspect-square"></div>
                            <div class="bone h-5 w-3/4"></div>
                            <div class="bone h-4 w-1/2"></div>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
