use super::api::read_shelf;
use super::shelf_table::ShelfTable;
use crate::link::PasteLink;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{
    ButtonKind, Changes, Empty, Head, LinkButton, Loaded, PageHead, Pagination, RowsSkeleton, load,
};
use model::{Page, ShelfRow};

/// What the store carries, and the two ways to more.
#[component]
pub fn ShelfPage() -> AnyView {
    let page = page_in_query();
    let changes = Changes::default();
    let shelf = load(
        move || (page.get(), changes.count()),
        |(page, _)| read_shelf(page),
    );
    view! {
        <Head title="Shelf" robots=false/>
        <PageHead title="Shelf" sentence="Other makers' products that your store sells. They pack and ship; you earn tokens.">
            <LinkButton href=paths::MARKET kind=ButtonKind::Secondary small=true icon=icondata_lu::LuSearch>
                "Browse the marketplace"
            </LinkButton>
        </PageHead>
        <div class="shelf-add"><PasteLink/></div>
        <Loaded load=shelf waiting=|| view! { <RowsSkeleton/> } let:shelf><Shelf shelf changes/></Loaded>
    }
}

#[component]
fn Shelf(shelf: Page<ShelfRow>, changes: Changes) -> impl IntoView {
    if shelf.rows.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuLibrary
                title="Your shelf holds nothing of others yet"
                sentence="Choose products in the marketplace that suit your store. Each shows what you earn for every unit you sell."
            >
                <LinkButton href=paths::MARKET small=true>"Browse the marketplace"</LinkButton>
            </Empty>
        };
    }
    view! {
        <ShelfTable rows=shelf.rows changes/>
        <Pagination page=shelf.page pages=shelf.pages/>
    }
}
