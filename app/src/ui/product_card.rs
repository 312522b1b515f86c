use super::amount::{MoneyRange, TokensText};
use super::badge::Badge;
use super::picture::PictureBox;
use crate::paths;
use crate::prelude::*;
use crate::ui::live::product_now;
use model::{ProductCard, ProductNow};

/// A grid of product tiles.
#[component]
pub fn ProductGrid(children: Children) -> impl IntoView {
    view! { <ul class="product-grid" data-testid="products">{children()}</ul> }
}

/// A product in a grid. Store owners also see its reward (R10); children go below, such as "Add to my shelf".
#[component]
pub fn ProductTile(
    /// The product.
    card: ProductCard,
    /// Load the picture at once: only for the first row of a page.
    #[prop(optional)]
    eager: bool,
    /// Whether it stands on the viewer's own shelf now, where that may change while it is looked at.
    #[prop(into, optional)]
    on_my_shelf: Option<Signal<bool>>,
    /// Actions below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let href = card.href();
    let maker = paths::store(&card.maker_slug);
    let on_my_shelf = on_my_shelf.unwrap_or_else(|| Signal::stored(card.on_my_shelf));
    let shows_shelf = !card.mine;
    let now = product_now(card.product);
    let is_sold_out =
        move || now.with(|now| now.as_ref().map_or(card.sold_out, ProductNow::is_sold_out));
    let made_with = (card.price_from, card.price_to);
    let prices = move || {
        let (from, to) = now.with(|now| {
            now.as_ref()
                .and_then(ProductNow::prices)
                .unwrap_or(made_with)
        });
        view! { <MoneyRange from to/> }
    };
    view! {
        <li class="product-tile" class:is-sold-out=is_sold_out data-testid="product-tile">
            <div class="product-picture">
                <PictureBox picture=card.picture eager/>
                <div class="product-badges">
                    {move || is_sold_out().then(|| view! { <Badge test_id="sold-out">"Sold out"</Badge> })}
                    {card.mine.then(|| view! { <Badge>"Yours"</Badge> })}
                    {move || (shows_shelf && on_my_shelf.get()).then(|| view! { <Badge>"On your shelf"</Badge> })}
                </div>
            </div>
            <div class="product-words">
                <h3><a class="product-link" href=href>{card.title}</a></h3>
                <p class="product-maker">"by " <a href=maker>{card.maker_name}</a></p>
                <p class="product-price">
                    {prices}
                    {card.offer.map(|offer| view! { <TokensText amount=offer.rate/> })}
                </p>
                {children.map(|children| view! { <div class="product-actions">{children()}</div> })}
            </div>
        </li>
    }
}
