use crate::catalogue::api::read_products;
use crate::paths;
use crate::prelude::*;
use crate::ui::ProductName;
use crate::ui::address::page_in_query;
use crate::ui::{
    Cell, Empty, LinkButton, Loaded, MoneyRange, PageHead, Pagination, RowsSkeleton, Table, load,
};
use model::{Page, ProductRow, ProductState};

/// Which product the offer is for.
#[component]
pub fn ChooseProduct() -> impl IntoView {
    let page = page_in_query();
    let products = load(
        move || page.get(),
        |page| read_products(String::new(), page),
    );
    view! {
        <PageHead title="Make an offer" sentence="Which product may other stores sell?"/>
        <Loaded load=products waiting=|| view! { <RowsSkeleton/> } let:products><Choices products/></Loaded>
    }
}

#[component]
fn Choices(products: Page<ProductRow>) -> impl IntoView {
    if products.rows.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuPackage
                title="Nothing to offer yet"
                sentence="Offers are made on products of your own. Add and publish one first."
            >
                <LinkButton href=paths::NEW_PRODUCT small=true>"Add a product"</LinkButton>
            </Empty>
        };
    }
    view! {
        <Table caption="Your products" columns=vec!["Product", "Price", "In stock", ""]>
            {products.rows.into_iter().map(|product| view! { <Choice product/> }).collect_view()}
        </Table>
        <Pagination page=products.page pages=products.pages/>
    }
}

#[component]
fn Choice(product: ProductRow) -> impl IntoView {
    let action = match (&product.offer, product.state) {
        (Some(offer), _) => view! {
            <span class="note">"Has an offer. " <a class="link" href=paths::edit_offer(offer.id)>"Change it"</a></span>
        },
        (None, ProductState::Published) if product.on_hand == 0 => view! {
            <span class="note">"Sold out. " <a class="link" href=paths::edit_product(product.id)>"Restock it"</a></span>
        },
        (None, ProductState::Published) => view! {
            <LinkButton href=paths::offer_on(product.id) small=true test_id="choose-product">"Choose"</LinkButton>
        },
        (None, _) => view! {
            <span class="note">"Not published. " <a class="link" href=paths::edit_product(product.id)>"Look at it"</a></span>
        },
    };
    view! {
        <tr data-testid="product-row">
            <Cell>
                <ProductName picture=product.picture title=product.title href=paths::edit_product(product.id)>
                    {product.category.label()}
                </ProductName>
            </Cell>
            <Cell column="Price" figures=true><MoneyRange from=product.price_from to=product.price_to/></Cell>
            <Cell column="In stock" figures=true>{product.on_hand}</Cell>
            <Cell><div class="row-actions">{action}</div></Cell>
        </tr>
    }
}
