use super::ShelfButton;
use crate::paths;
use crate::prelude::*;
use crate::ui::{ProductTile, use_page};
use model::ProductCard;

/// A product's tile; for store owners with what they can do with it.
#[component]
pub fn MarketTile(
    /// The product.
    card: ProductCard,
    /// Load the picture at once: only for the first row of a page.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let is_owner = use_page().store().with_untracked(Option::is_some);
    let (product, title) = (card.product, card.title.clone());
    let stands = RwSignal::new(card.on_my_shelf);
    let can_be_shelved = card.on_my_shelf || card.offer.is_some();
    match (is_owner, card.mine) {
        (true, true) => view! {
            <ProductTile card eager>
                <p class="on-my-shelf"><a href=paths::DASHBOARD_PRODUCTS>"Your product"</a></p>
            </ProductTile>
        },
        (true, false) if can_be_shelved => view! {
            <ProductTile card eager on_my_shelf=stands><ShelfButton product title stands/></ProductTile>
        },
        _ => view! { <ProductTile card eager/> },
    }
}
