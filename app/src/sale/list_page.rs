use super::api::read_sales;
use super::sales_table::SalesTable;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{page_in_query, word_in_query};
use crate::ui::{
    ButtonKind, Empty, Head, LinkButton, Loaded, PageHead, Pagination, RowsSkeleton, TabLink, Tabs,
    load,
};
use model::{Page, ParcelState, SaleRow};

/// The maker's parcels, by state.
#[component]
pub fn SalesPage() -> AnyView {
    let (word, page) = (word_in_query("state"), page_in_query());
    let state = Memo::new(move |_| word.with(|word| word.parse::<ParcelState>().ok()));
    let sales = load(
        move || (state.get(), page.get()),
        |(state, page)| read_sales(state, page),
    );
    view! {
        <Head title="Sales" robots=false/>
        <PageHead title="Sales" sentence="One parcel for each order, whichever shelf it was bought from."/>
        <Tabs label="Sales by state">
            <TabLink href=paths::DASHBOARD_SALES here=move || state.get().is_none()>"All"</TabLink>
            {ParcelState::ALL
                .iter()
                .map(|tab| {
                    view! {
                        <TabLink href=paths::sales_in(*tab) here=move || state.get() == Some(*tab)>{tab.label()}</TabLink>
                    }
                })
                .collect_view()}
        </Tabs>
        <Loaded load=sales waiting=|| view! { <RowsSkeleton/> } let:sales>
            <Sales sales state=state.get_untracked()/>
        </Loaded>
    }
}

#[component]
fn Sales(sales: Page<SaleRow>, state: Option<ParcelState>) -> impl IntoView {
    if !sales.rows.is_empty() {
        return view! {
            <SalesTable sales=sales.rows/>
            <Pagination page=sales.page pages=sales.pages/>
        };
    }
    match state {
        Some(state) => view! {
            <Empty
                icon=icondata_lu::LuPackageOpen
                title="Nothing here"
                sentence=format!("No parcel is in the state “{}”.", state.label())
            />
        },
        None => view! {
            <Empty
                icon=icondata_lu::LuReceiptText
                title="No sales yet"
                sentence="When somebody buys what you make, here or in another store, the parcel to pack shows up here."
            >
                <LinkButton href=paths::DASHBOARD_OFFERS kind=ButtonKind::Secondary small=true>"Look at your offers"</LinkButton>
            </Empty>
        },
    }
}
