use crate::marketplace::SearchForm;
use crate::paths;
use crate::prelude::*;
use model::ProductCard;

/// How many things stand on the shelf in the shop window: two boards of three.
const IN_THE_WINDOW: usize = 6;

/// What this is, a search box, and a shelf to look at.
#[component]
pub fn Hero(
    /// Products to put in the window.
    window: Vec<ProductCard>,
) -> impl IntoView {
    view! {
        <section class="front">
            <div class="front-words">
                <h1>"Independent stores that sell each other’s work."</h1>
                <p class="lead">
                    "Every store here sells what it makes, and what other makers make that it would recommend to a friend. Fill one cart from any of them, pay once, and each maker ships you her own parcel."
                </p>
                <SearchForm test_id="home-search"/>
                <p class="front-links">
                    <a class="link" href=paths::MARKET>"Look through the marketplace"</a>
                    <a class="link" href=paths::STORES>"See all stores"</a>
                </p>
            </div>
            <ShopWindow window/>
        </section>
    }
}

#[component]
fn ShopWindow(window: Vec<ProductCard>) -> impl IntoView {
    let things = window
        .into_iter()
        .filter_map(|card| Some((card.href(), card.title, card.picture?)))
        .take(IN_THE_WINDOW)
        .map(|(href, title, picture)| {
            view! {
                <li>
                    <a href=href aria-label=title>
                        <img src=picture.small() alt="" width="480" height="480" decoding="async"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="shop-window" aria-label="From the shelves">{things}</ul> }
}
