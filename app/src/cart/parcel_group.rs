use super::cart_line::CartLine;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Icon, MoneyText};
use model::{CartStoreGroup, Money};

/// One maker's lines: what she will ship in one parcel.
#[component]
pub fn ParcelGroup(
    /// The group.
    group: CartStoreGroup,
) -> impl IntoView {
    let heading = format!("parcel-from-{}", group.maker_slug);
    view! {
        <section class="parcel-group" aria-labelledby=heading data-testid="cart-parcel">
            <header class="parcel-group-head">
                <Icon icon=icondata_lu::LuPackage/>
                <h2 id=heading.clone()>
                    "Parcel from "<a class="link" href=paths::store(&group.maker_slug)>{group.maker_name}</a>
                </h2>
            </header>
            <ul>
                {group
                    .lines
                    .into_iter()
                    .map(|line| view! { <CartLine line maker=group.maker/> })
                    .collect_view()}
            </ul>
            <footer class="parcel-group-foot">
                <p>
                    <span>"Shipping"</span>
                    <ShippingAmount amount=group.shipping/>
                </p>
                {group
                    .free_shipping_from
                    .map(|from| view! { <FreeShippingNote from items=group.items/> })}
            </footer>
        </section>
    }
}

/// What shipping costs, in words when it is nothing.
#[component]
pub fn ShippingAmount(
    /// The amount.
    amount: Money,
) -> impl IntoView {
    if amount == Money::ZERO {
        view! { <span class="money">"Free"</span> }
    } else {
        view! { <MoneyText amount/> }
    }
}

/// How much more makes shipping free.
#[component]
fn FreeShippingNote(from: Money, items: Money) -> impl IntoView {
    let missing = Money(from.0.saturating_sub(items.0));
    view! {
        <p class="note">
            <span>"Free shipping from "<MoneyText amount=from/>": "<MoneyText amount=missing/>" to go"</span>
        </p>
    }
}
