use crate::cart::api::AddToCart;
use crate::cart::{UnitsInput, seen_prices};
use crate::paths;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::{Exact, Icon, MoneyText, ServerForm, Submit, use_form_keyed, use_page};
use leptos::html;
use leptos_router::hooks::use_query_map;
use model::{ListingId, ProductPage, VariantView};

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
    let variants = page.variants;
    let shown = StoredValue::new(variants.clone());
    let price = move || {
        shown
            .with_value(|all| all.get(chosen.get()).map(|variant| variant.price))
            .unwrap_or_default()
    };
    let left = move || {
        shown.with_value(|all| all.get(chosen.get()).map_or(0, |variant| variant.available))
    };
    view! {
        <p class="buy-price" data-testid="product-price">{move || view! { <MoneyText amount=price()/> }}</p>
        {match page.listing {
            Some(listing) if !page.sold_out => view! { <AddForm listing variants chosen left=Signal::derive(left)/> },
            Some(_) => view! { <SoldOut variants chosen/> },
            None => ().into_any(),
        }}
    }
}

#[component]
fn AddForm(
    listing: ListingId,
    variants: Vec<VariantView>,
    chosen: RwSignal<usize>,
    left: Signal<i64>,
) -> impl IntoView {
    let form = use_form_keyed::<AddToCart>(listing);
    let in_cart = use_page().cart_units();
    view! {
        <ServerForm form once=true class="buy-form" bare=true>
            <input type="hidden" name="listing" value=listing.to_string()/>
            <input type="hidden" name="seen" value=seen_prices::of(&variants)/>
            <Variants variants chosen/>
            <div class="buy-row">
                <UnitsInput
                    units=1
                    label="Quantity"
                    most=Signal::derive(move || left.get().clamp(1, model::limits::CART_UNITS))
                />
                <Submit wide=true test_id="add-to-cart">
                    <Icon icon=icondata_lu::LuShoppingBag/>
                    "Add to cart"
                </Submit>
            </div>
            <p class="buy-note" aria-live="polite">
                {move || (left.get() <= FEW).then(|| view! { <span>"Only "<Exact text=left.get().to_string()/>" left."</span> })}
            </p>
            <p class="buy-note" class:hidden=move || in_cart.get() == 0>
                <a class="link" href=paths::CART>"Go to your cart"</a>
            </p>
        </ServerForm>
    }
}

#[component]
fn SoldOut(variants: Vec<VariantView>, chosen: RwSignal<usize>) -> impl IntoView {
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
fn Variants(variants: Vec<VariantView>, chosen: RwSignal<usize>) -> impl IntoView {
    if let [only] = variants.as_slice() {
        return view! { <input type="hidden" name="variant" value=only.id.to_string()/> };
    }
    let prices_differ = variants
        .windows(2)
        .any(|pair| pair[0].price != pair[1].price);
    let start = chosen.get_untracked();
    let choices = variants
        .into_iter()
        .enumerate()
        .map(|(at, variant)| {
            let gone = variant.available <= 0;
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
                        checked={at == start && !gone}
                        disabled=gone
                        on:change=move |_| chosen.set(at)
                    />
                    <span class="pick-name">{variant.name}</span>
                    {prices_differ.then(|| view! { <MoneyText amount=variant.price class="pick-price"/> })}
                    {gone.then(|| view! { <span class="pick-price">"Sold out"</span> })}
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
