use crate::cart::parcel_group::ShippingAmount;
use crate::cart::totals::Totals;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Exact, MoneyText, PictureBox};
use model::{CartLineView, CartStoreGroup, CartView};

/// What is about to be paid, parcel by parcel.
#[component]
pub fn Summary(
    /// The cart.
    cart: CartView,
) -> impl IntoView {
    view! {
        <aside class="totals-panel" aria-labelledby="your-order">
            <div class="section-head">
                <h2 id="your-order">"Your order"</h2>
                <a class="link" href=paths::CART>"Change"</a>
            </div>
            {cart.groups.iter().cloned().map(|group| view! { <Parcel group/> }).collect_view()}
            <Totals cart/>
        </aside>
    }
}

#[component]
fn Parcel(group: CartStoreGroup) -> impl IntoView {
    view! {
        <section class="summary-parcel" data-testid="checkout-parcel">
            <h3>"From "{group.maker_name}</h3>
            <ul>{group.lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ul>
            <p class="summary-shipping"><span>"Shipping"</span><ShippingAmount amount=group.shipping/></p>
        </section>
    }
}

#[component]
fn Line(line: CartLineView) -> impl IntoView {
    view! {
        <li class="summary-line">
            <PictureBox picture=line.picture class="summary-picture"/>
            <span class="shrinks">
                <span class="summary-title">{line.title}</span>
                <span class="note">
                    <Exact text=line.units.to_string()/>" × "<MoneyText amount=line.price/>
                    {(!line.variant_name.is_empty()).then(|| format!(", {}", line.variant_name))}
                </span>
            </span>
            <MoneyText amount=line.total/>
        </li>
    }
}
