use super::api::read_cart;
use super::parcel_group::ParcelGroup;
use super::totals::CartTotals;
use super::undo::{Removed, Undo};
use crate::paths;
use crate::ui::{ButtonKind, Changes, Empty, Head, LinkButton, Loaded, PageHead};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::CartView;

/// What is in the cart.
#[component]
pub fn CartPage() -> impl IntoView {
    let changes = Changes::default();
    provide_context(changes);
    let query = use_query_map();
    let removed =
        Memo::new(move |_| query.with(|query| query.get_str("removed").and_then(Undo::read)));
    let cart = Resource::new_blocking(move || (changes.count(), removed.get()), |_| read_cart());
    view! {
        <Head title="Your cart" robots=false/>
        <PageHead title="Your cart"/>
        {move || removed.get().map(|undo| view! { <Removed undo/> })}
        <Loaded resource=cart let:cart><Cart cart/></Loaded>
    }
    .into_any()
}

#[component]
fn Cart(cart: CartView) -> impl IntoView {
    if cart.groups.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuShoppingBag
                title="Your cart is empty"
                sentence="Put in things from any stores. You pay for all of them at once."
            >
                <LinkButton href=paths::MARKET>"Look through the marketplace"</LinkButton>
                <LinkButton href=paths::STORES kind=ButtonKind::Secondary>"See all stores"</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let groups = cart.groups.clone();
    view! {
        <div class="cart-page">
            <div class="grid gap-6">{groups.into_iter().map(|group| view! { <ParcelGroup group/> }).collect_view()}</div>
            <CartTotals cart/>
        </div>
    }
    .into_any()
}
