use super::StoreTile;
use super::api::read_stores;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{Empty, GridSkeleton, Head, LinkButton, Loaded, PageHead, Pagination, load};
use model::{Page, StoreCard};

/// All stores with something on their shelf.
#[component]
pub fn StoresPage() -> AnyView {
    let page = page_in_query();
    let stores = load(move || page.get(), read_stores);
    view! {
        <Head title="Stores" description="The independent stores of this market, with what stands on their shelves."/>
        <PageHead title="Stores" sentence="Each is run by people who make things themselves, and who choose what else stands on their shelf."/>
        <Loaded load=stores waiting=|| view! { <GridSkeleton/> } let:stores><Stores stores/></Loaded>
    }
}

#[component]
fn Stores(stores: Page<StoreCard>) -> impl IntoView {
    let Page {
        rows, page, pages, ..
    } = stores;
    if rows.is_empty() {
        return view! {
            <Empty icon=icondata_lu::LuStore title="No store has opened yet" sentence="Be the first: it takes a minute and costs nothing.">
                <LinkButton href=paths::OPEN_STORE>"Open a store"</LinkButton>
            </Empty>
        };
    }
    view! {
        <h2 class="sr-only">"All stores"</h2>
        <ul class="store-grid">{rows.into_iter().map(|card| view! { <StoreTile card/> }).collect_view()}</ul>
        <Pagination page pages/>
    }
}
