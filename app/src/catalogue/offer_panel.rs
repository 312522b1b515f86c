use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, LinkButton, TokensText};
use model::counted;
use model::{ProductEdit, ProductState};

/// The product's offer in two lines, and where to make or change it.
#[component]
pub fn OfferPanel(
    /// The product.
    product: ProductEdit,
) -> impl IntoView {
    let content = match (&product.offer, product.state) {
        (Some(offer), _) => view! {
            <p class="offer-line"><TokensText amount=offer.rate/> " for each unit another store sells"</p>
            <p class="note">
                {counted(offer.open_units, "unit covered", "units covered")} ", carried by "
                {counted(product.shelves, "other store", "other stores")}
            </p>
            <LinkButton href=paths::edit_offer(offer.id) kind=ButtonKind::Secondary small=true>"Change the offer"</LinkButton>
        },
        (None, ProductState::Published) => view! {
            <p class="note">"Promise a reward for every unit, and other stores can put this product on their shelves."</p>
            <LinkButton href=paths::offer_on(product.id) kind=ButtonKind::Secondary small=true test_id="make-offer">
                "Make an offer"
            </LinkButton>
        },
        (None, _) => {
            view! { <p class="note">"Once it is published, you can offer it to other stores."</p> }
        }
    };
    view! {
        <section class="panel panel-stack" aria-labelledby="offer">
            <h2 id="offer">"Offer to other stores"</h2>
            {content}
        </section>
    }
}
