use crate::dashboard::{ProductName, count};
use crate::paths;
use crate::ui::{
    Badge, ButtonKind, Cell, LinkButton, MoneyRange, StatusBadge, Table, TokensLook, TokensText, Tone,
};
use leptos::prelude::*;
use model::{OfferCard, ProductRow, ProductState};

/// Products as rows.
#[component]
pub fn ProductTable(
    /// In the order they are shown.
    products: Vec<ProductRow>,
) -> impl IntoView {
    view! {
        <Table caption="Your products" columns=vec!["Product", "State", "Price", "In stock", "Offer", ""] test_id="product-table">
            {products.into_iter().map(|product| view! { <ProductLine product/> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn ProductLine(product: ProductRow) -> impl IntoView {
    let edit = paths::edit_product(product.id);
    let title_leads = edit.clone();
    let sold_out = product.state == ProductState::Published && product.available == 0;
    let category = product.category.label();
    let offer_link = offer_link(&product.offer, product.state, product.on_hand, paths::offer_on(product.id));
    let sold = (product.sold > 0).then(|| format!(" · {} sold", product.sold));
    view! {
        <tr data-testid="product-row">
            <Cell>
                <ProductName picture=product.picture title=product.title href=title_leads>{category}{sold}</ProductName>
            </Cell>
            <Cell column="State"><StatusBadge status=product.state/></Cell>
            <Cell column="Price" figures=true><MoneyRange from=product.price_from to=product.price_to/></Cell>
            <Cell column="In stock" figures=true>
                {if sold_out {
                    view! { <Badge tone=Tone::Error test_id="sold-out">"Sold out"</Badge> }.into_any()
                } else {
                    view! { <span data-testid="stock">{product.on_hand}</span> }.into_any()
                }}
            </Cell>
            <Cell column="Offer">
                <OfferSummary offer=product.offer state=product.state shelves=product.shelves/>
            </Cell>
            <Cell>
                <div class="row-actions">
                    <LinkButton href=edit kind=ButtonKind::Quiet small=true>"Edit"</LinkButton>
                    {offer_link}
                </div>
            </Cell>
        </tr>
    }
    .into_any()
}

/// Where to make or change the offer; nothing when none can be made.
fn offer_link(offer: &Option<OfferCard>, state: ProductState, on_hand: i64, make: String) -> Option<impl IntoView + use<>> {
    let (href, words) = match offer {
        Some(offer) => (paths::edit_offer(offer.id), "Change offer"),
        None if state == ProductState::Published && on_hand > 0 => (make, "Make an offer"),
        None => return None,
    };
    Some(view! { <LinkButton href=href kind=ButtonKind::Quiet small=true>{words}</LinkButton> })
}

#[component]
fn OfferSummary(offer: Option<OfferCard>, state: ProductState, shelves: i64) -> impl IntoView {
    match offer {
        Some(offer) => view! {
            <div class="stacked">
                <TokensText amount=offer.rate look=TokensLook::Plain/>
                <span class="note">
                    {count(offer.open_units, "unit", "units")} ", " {count(shelves, "shelf", "shelves")}
                </span>
            </div>
        }
        .into_any(),
        None if state == ProductState::Published && shelves > 0 => {
            view! { <span class="note">{count(shelves, "shelf waits", "shelves wait")}</span> }.into_any()
        }
        None => view! { <span class="note">"None"</span> }.into_any(),
    }
}
