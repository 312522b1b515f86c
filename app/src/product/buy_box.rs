use crate::cart::api::AddToCart;
use crate::cart::{UnitsInput, seen_prices};
use crate::paths;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::live::product_now;
use crate::ui::{Exact, Icon, MoneyText, ServerForm, Submit, use_form_keyed, use_page};
use leptos::html;
use leptos_router::hooks::use_query_map;
use model::{ListingId, ProductId, ProductPage, VariantView};

/// So few that it is worth saying.
const FEW: i64 = 5;

/// Price, variants, quantity and the button.
#[component]
pub fn BuyBox(
    /// The product.
    page: ProductPage,
) -> impl IntoView {
    let asked = use_query_map()
        .with_untracked(|query| query.get_str("variant").and_then(|id| id.parse().ok()));
    let chosen = RwSignal::new(page.opens_with(asked));
    let variants = as_they_are(page.variants, page.product);
    let of_chosen = move || variants.with(|all| all.get(chosen.get()).cloned());
    let price = Memo::new(move |_| of_chosen().map(|variant| variant.price).unwrap_or_default());
    let left = Memo::new(move |_| of_chosen().map_or(0, |variant| variant.available));
    let is_sold_out =
        Memo::new(move |_| variants.with(|all| all.iter().all(|variant| variant.available <= 0)));
    view! {
        <p class="buy-price" data-testid="product-price">{move || view! { <MoneyText amount=price.get()/> }}</p>
        {move || match page.listing {
            Some(listing) if !is_sold_out.get() => view! { <AddForm listing variants chosen left/> },
            Some(_) => view! { <SoldOut variants chosen/> },
            None => ().into_any(),
        }}
    }
}

/// The variants that the page came with, with their stock and prices as they are now.
fn as_they_are(variants: Vec<VariantView>, product: ProductId) -> Memo<Vec<VariantView>> {
    let now = product_now(product);
    Memo::new(move |_| {
        let mut variants = variants.clone();
        now.with(|now| {
            for variant in &mut variants {
                let Some(now) = now else { continue };
                let stands = now.variant(variant.id);
                variant.available = stands.map_or(0, |stands| stands.left);
                variant.price = stands.map_or(variant.price, |stands| stands.price);
            }
        });
        variants
    })
}

#[component]
fn AddForm(
    listing: ListingId,
    variants: Memo<Vec<VariantView>>,
    chosen: RwSignal<usize>,
    left: Memo<i64>,
) -> impl IntoView {
    let form = use_form_keyed::<AddToCart>(listing);
    let in_cart = use_page().cart_units();
    let is_gone = Signal::derive(move || left.get() <= 0);
    let note = move || match left.get() {
        0 => Some(view! { <span>"This one has just sold out."</span> }.into_any()),
        left if left <= FEW => {
            Some(view! { <span>"Only "<Exact text=left.to_string()/>" left."</span> }.into_any())
        }
        _ => None,
    };
    view! {
        <ServerForm form once=true class="buy-form" bare=true>
            <input type="hidden" name="listing" value=listing.to_string()/>
            <input type="hidden" name="seen" value=move || variants.with(|variants| seen_prices::of(variants))/>
            <Variants variants chosen/>
            <div class="buy-row">
                <UnitsInput
                    units=1
                    label="Quantity"
                    most=Signal::derive(move || left.get().clamp(1, model::limits::CART_UNITS))
                />
                <Submit wide=true disabled=is_gone test_id="add-to-cart">
                    <Icon icon=icondata_lu::LuShoppingBag/>
                    "Add to cart"
                </Submit>
            </div>
            <p class="buy-note" aria-live="polite">{note}</p>
            <p class="buy-note" class:hidden=move || in_cart.get() == 0>
                <a class="link" href=paths::CART>"Go to your cart"</a>
            </p>
        </ServerForm>
    }
}

#[component]
fn SoldOut(variants: Memo<Vec<VariantView>>, chosen: RwSignal<usize>) -> impl IntoView {
    view! {
        <div class="buy-form">
            <Variants variants chosen/>
            <button type="button" class="button button-primary button-wide" disabled data-testid="sold-out">"Sold out"</button>
            <p class="buy-note">"Sold out in every store. It comes back here as soon as its maker has more."</p>
        </div>
    }
}

/// The variants as radio buttons; a product with one just sends it.
#[component]
fn Variants(variants: Memo<Vec<VariantView>>, chosen: RwSignal<usize>) -> impl IntoView {
    let shown = variants.get_untracked();
    if let [only] = shown.as_slice() {
        return view! { <input type="hidden" name="variant" value=only.id.to_string()/> };
    }
    let prices_differ = shown.windows(2).any(|pair| pair[0].price != pair[1].price);
    let start = chosen.get_untracked();
    let choices = shown
        .into_iter()
        .enumerate()
        .map(|(at, variant)| {
            let stands = move || variants.with(|all| all.get(at).map(|variant| (variant.available, variant.price)));
            let gone = Memo::new(move |_| stands().is_none_or(|(available, _)| available <= 0));
            let price = Memo::new(move |_| stands().map(|(_, price)| price).unwrap_or_default());
            // A browser may have kept the choice from before the page was loaded anew.
            let radio = NodeRef::<html::Input>::new();
            effect(move || {
                if radio.get().is_some_and(|radio| radio.checked()) {
                    chosen.set(at);
                }
            });
            view! {
                <label class="pick" class:is-gone=gone>
                    <input
                        node_ref=radio
                        type="radio"
                        name="variant"
                        value=variant.id.to_string()
                        checked={at == start && !gone.get_untracked()}
                        disabled=gone
                        on:change=move |_| chosen.set(at)
                    />
                    <span class="pick-name">{variant.name}</span>
                    {prices_differ
                        .then_some(move || view! { <MoneyText amount=price.get() class="pick-price"/> })}
                    {move || gone.get().then(|| view! { <span class="pick-price">"Sold out"</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="picks" data-testid="variant">
            <legend>"Choose one"</legend>
            <div class="pick-row">{choices}</div>
        </fieldset>
    }
}
