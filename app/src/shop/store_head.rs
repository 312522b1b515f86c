use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Icon, LinkButton, MoneyText, Prose, StoreAvatar, use_page};
use model::{Money, StoreView};

/// The top of a store's front, in the store's colour.
#[component]
pub fn StoreHead(
    /// The store.
    store: StoreView,
    /// How many of the products on its shelf are its own.
    own_products: i64,
    /// How many other makers stand on its shelf.
    makers_carried: i64,
) -> impl IntoView {
    let slug = store.slug.clone();
    let viewers = use_page().store();
    let is_mine = move || viewers.with(|mine| mine.as_ref().is_some_and(|mine| mine.slug == slug));
    let (name, accent, terms) = (store.name.clone(), store.accent, store.clone());
    view! {
        <header class="store-head" data-accent=accent.as_str()>
            <div class="store-head-name">
                <StoreAvatar name accent/>
                <div class="shrinks">
                    <h1>{store.name.clone()}</h1>
                    {(!store.tagline.is_empty()).then(|| view! { <p class="store-head-line">{store.tagline.clone()}</p> })}
                </div>
                {move || {
                    is_mine()
                        .then(|| {
                            view! {
                                <LinkButton href=paths::DASHBOARD_STORE kind=ButtonKind::Secondary small=true>"Edit your store"</LinkButton>
                            }
                        })
                }}
            </div>
            <About text=store.about/>
            <ul class="store-head-facts">
                <li><Icon icon=icondata_lu::LuPackage/>{shelf_words(own_products, makers_carried)}</li>
                <li><Icon icon=icondata_lu::LuTruck/><ShippingTerms store=terms/></li>
            </ul>
        </header>
    }
}

/// A store's own story: its first paragraph, and the rest on demand, so that the shelf is not far down.
#[component]
fn About(text: String) -> impl IntoView {
    let (first, rest) = match text.split_once("\n\n") {
        Some((first, rest)) => (first.to_owned(), Some(rest.to_owned())),
        None => (text, None),
    };
    view! {
        <Prose text=first/>
        {rest
            .map(|rest| {
                view! {
                    <details class="store-head-more">
                        <summary>"Read on"</summary>
                        <Prose text=rest/>
                    </details>
                }
            })}
    }
}

/// What a maker takes for shipping a parcel.
#[component]
pub fn ShippingTerms(
    /// The maker.
    store: StoreView,
) -> impl IntoView {
    let free_from = store
        .free_shipping_from
        .filter(|_| store.shipping > Money::ZERO);
    view! {
        <span>
            {if store.shipping == Money::ZERO {
                "Ships for free".into_any()
            } else {
                view! { "Shipping "<MoneyText amount=store.shipping/>" a parcel" }
            }}
            {free_from.map(|amount| view! { ", free from "<MoneyText amount/> })}
        </span>
    }
}

fn shelf_words(own_products: i64, makers_carried: i64) -> String {
    let own = match own_products {
        0 => None,
        1 => Some("1 product of its own".to_owned()),
        own => Some(format!("{own} products of its own")),
    };
    let carried = match makers_carried {
        0 => None,
        1 => Some("carries 1 other maker".to_owned()),
        makers => Some(format!("carries {makers} other makers")),
    };
    match (own, carried) {
        (Some(own), Some(carried)) => format!("{own}, {carried}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "Nothing on the shelf yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shelf_words;

    #[test]
    fn a_shelf_in_words() {
        assert_eq!(
            shelf_words(12, 1),
            "12 products of its own, carries 1 other maker"
        );
        assert_eq!(shelf_words(0, 5), "carries 5 other makers");
        assert_eq!(shelf_words(0, 0), "Nothing on the shelf yet");
    }
}
