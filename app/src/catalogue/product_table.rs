use crate::paths;
use crate::prelude::*;
use crate::ui::ProductName;
use crate::ui::{
    Badge, ButtonKind, Cell, LinkButton, MoneyRange, StatusBadge, Table, TokensLook, TokensText,
    Tone,
};
use model::counted;
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
}

#[component]
fn ProductLine(product: ProductRow) -> impl IntoView {
    let edit = paths::edit_product(product.id);
    let title_leads = edit.clone();
    let sold_out = product.state == ProductState::Published && product.available == 0;
    let category = product.category.label();
    let offerable = product.state == ProductState::Published && product.on_hand > 0;
    let make_offer = offerable.then(|| paths::offer_on(product.id));
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
                    view! { <Badge tone=Tone::Error test_id="sold-out">"Sold out"</Badge> }
                } else {
                    view! { <span data-testid="stock">{product.on_hand}</span> }
                }}
            </Cell>
            <Cell column="Offer"><OfferSummary offer=product.offer shelves=product.shelves make_offer/></Cell>
            <Cell>
                <div class="row-actions"><LinkButton href=edit kind=ButtonKind::Quiet small=true>"Edit"</LinkButton></div>
            </Cell>
        </tr>
    }
}

/// The open offer, or where to make one.
#[component]
fn OfferSummary(
    offer: Option<OfferCard>,
    shelves: i64,
    /// Where to make one; nothing when none can be made.
    #[prop(optional_no_strip)]
    make_offer: Option<String>,
) -> impl IntoView {
    match (offer, make_offer) {
        (Some(offer), _) => view! {
            <div class="stacked">
                <a class="row-link" href=paths::edit_offer(offer.id)><TokensText amount=offer.rate look=TokensLook::Plain/></a>
                <span class="note">
                    {counted(offer.open_units, "unit", "units")} ", " {counted(shelves, "shelf", "shelves")}
                </span>
            </div>
        },
        (None, Some(href)) => view! {
            <div class="stacked">
                <a class="link" href=href>"Make an offer"</a>
                {(shelves > 0).then(|| view! { <span class="note">{counted(shelves, "shelf waits", "shelves wait")}</span> })}
            </div>
        },
        (None, None) => view! { <span class="note">"None"</span> },
    }
}
