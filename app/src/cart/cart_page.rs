use super::api::read_cart_page;
use super::live::LiveCart;
use super::parcel_group::ParcelGroup;
use super::removed::Removed;
use super::totals::CartTotals;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::word_in_query;
use crate::ui::{ButtonKind, Empty, Head, LinkButton, Loaded, PageHead, load};
use model::CartView;

/// What is in the cart.
#[component]
pub fn CartPage() -> AnyView {
    let removed = word_in_query("removed");
    let cart = load(move || removed.get(), read_cart_page);
    view! {
        <Head title="Your cart" robots=false/>
        <PageHead title="Your cart"/>
        <Loaded load=cart let:page>
            {page.removed.map(|(line, name)| view! { <Removed line name/> })}
            <Cart cart=page.cart/>
        </Loaded>
    }
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
        };
    }
    let live = LiveCart::new(cart);
    provide_context(live);
    live.follow_products();
    let unsure = live.is_unsure();
    view! {
        <div class="cart-page" class:is-unsure=unsure aria-busy=move || unsure.get().then_some("true")>
            <div class="parcel-groups">
                {move || live.get().groups.into_iter().map(|group| view! { <ParcelGroup group/> }).collect_view()}
            </div>
            {move || view! { <CartTotals cart=live.get() unsure/> }}
        </div>
    }
}
