use crate::listing::ShelfButton;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Alert, ButtonKind, LinkButton, TokensText, Tone, use_page};
use model::{OfferCard, ProductId, ProductPage, Tokens, counted};

/// What a store owner sees of a product beside what everybody sees (R10): its reward and what she can do with
/// it. Nothing for anybody else.
#[component]
pub fn OwnerPanel(
    /// The product.
    page: ProductPage,
) -> impl IntoView {
    let is_owner = use_page().store().with_untracked(Option::is_some);
    match (is_owner, page.mine, page.offer) {
        (true, true, offer) => {
            view! { <OwnProduct product=page.product offer is_draft=page.listing.is_none()/> }
        }
        (true, false, Some(offer)) => view! {
            <section class="owner-panel" aria-labelledby="owner-panel" data-testid="owner-panel">
                <h2 id="owner-panel">"For your shelf"</h2>
                <Earnings offer/>
                <ShelfButton
                    product=page.product
                    title=page.title
                    stands=RwSignal::new(page.on_my_shelf)
                    prominent=true
                />
            </section>
        },
        (true, false, None) => view! {
            <section class="owner-panel" data-testid="owner-panel">
                <p>"Its maker does not offer it to other stores at the moment."</p>
            </section>
        },
        (false, ..) => ().into_any(),
    }
}

#[component]
fn Earnings(offer: OfferCard) -> impl IntoView {
    let all = offer.rate.times(offer.open_units).unwrap_or(Tokens::ZERO);
    let open = counted(offer.open_units, "unit", "units");
    view! {
        <dl class="owner-figures">
            <div><dt>"For every unit you sell"</dt><dd><TokensText amount=offer.rate/></dd></div>
            <div><dt>"Still rewarded"</dt><dd>{open}</dd></div>
            <div><dt>"If you sell them all"</dt><dd><TokensText amount=all/></dd></div>
        </dl>
    }
}

#[component]
fn OwnProduct(product: ProductId, offer: Option<OfferCard>, is_draft: bool) -> impl IntoView {
    let offer_id = offer.as_ref().map(|offer| offer.id);
    view! {
        <section class="owner-panel" aria-labelledby="owner-panel" data-testid="owner-panel">
            <h2 id="owner-panel">"Your product"</h2>
            {is_draft
                .then(|| view! { <Alert tone=Tone::Warning>"This is a draft. Only you see it until you publish it."</Alert> })}
            {offer.map(|offer| view! { <Earnings offer/> })}
            <div class="button-row">
                <LinkButton href=paths::edit_product(product) kind=ButtonKind::Secondary small=true>"Edit it"</LinkButton>
                {(!is_draft)
                    .then(|| {
                        let (href, words) = match offer_id {
                            Some(offer) => (paths::edit_offer(offer), "Change its offer"),
                            None => (paths::offer_on(product), "Offer it to other stores"),
                        };
                        view! { <LinkButton href kind=ButtonKind::Secondary small=true>{words}</LinkButton> }
                    })}
            </div>
        </section>
    }
}
