use super::api::read_products;
use super::product_table::ProductTable;
use super::tabs::ProductTabs;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{page_in_query, word_in_query};
use crate::ui::{
    ButtonKind, Empty, Head, Icon, LinkButton, Loaded, PageHead, Pagination, QueryForm,
    RowsSkeleton, load,
};
use model::{Page, ProductRow};

/// The maker's products.
#[component]
pub fn ProductsPage() -> AnyView {
    let (search, page) = (word_in_query("search"), page_in_query());
    let products = load(
        move || (search.get(), page.get()),
        |(search, page)| read_products(search, page),
    );
    view! {
        <Head title="Products" robots=false/>
        <PageHead title="Products" sentence="What you make. Published products stand on your own shelf.">
            <LinkButton href=paths::DASHBOARD_IMPORTS kind=ButtonKind::Secondary small=true icon=icondata_lu::LuLink test_id="import">
                "Import from a link"
            </LinkButton>
            <LinkButton href=paths::NEW_PRODUCT small=true icon=icondata_lu::LuPlus test_id="add-product">
                "Add a product"
            </LinkButton>
        </PageHead>
        <ProductTabs/>
        <Search search/>
        <Loaded load=products waiting=|| view! { <RowsSkeleton/> } let:products>
            <Products products searched=!search.get_untracked().is_empty()/>
        </Loaded>
    }
}

#[component]
fn Search(search: Memo<String>) -> impl IntoView {
    view! {
        <div class="list-search" role="search">
            <QueryForm action=paths::DASHBOARD_PRODUCTS class="contents">
                <button type="submit" class="search-go" aria-label="Search"><Icon icon=icondata_lu::LuSearch/></button>
                <input
                    type="search"
                    name="search"
                    aria-label="Search your products"
                    placeholder="Search your products"
                    value=move || search.get()
                    data-testid="search-products"
                />
            </QueryForm>
        </div>
    }
}

#[component]
fn Products(products: Page<ProductRow>, searched: bool) -> impl IntoView {
    if products.rows.is_empty() {
        return match searched {
            true => view! {
                <Empty
                    icon=icondata_lu::LuSearch
                    title="Nothing found"
                    sentence="No product of yours has all of these words."
                >
                    <LinkButton href=paths::DASHBOARD_PRODUCTS kind=ButtonKind::Secondary small=true>
                        "Show all products"
                    </LinkButton>
                </Empty>
            },
            false => view! {
                <Empty
                    icon=icondata_lu::LuPackage
                    title="Nothing of your own yet"
                    sentence="Add what you make: a title, a price and what is in stock are enough to begin. It stays a draft until you publish it."
                >
                    <LinkButton href=paths::NEW_PRODUCT small=true>"Add a product"</LinkButton>
                    <LinkButton href=paths::DASHBOARD_IMPORTS kind=ButtonKind::Secondary small=true>"Import from a link"</LinkButton>
                </Empty>
            },
        };
    }
    view! {
        <ProductTable products=products.rows/>
        <Pagination page=products.page pages=products.pages/>
    }
}
