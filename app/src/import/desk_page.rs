use super::api::read_imports;
use super::list::{ImportTable, ShopTable};
use crate::catalogue::ProductTabs;
use crate::link::PasteLink;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{
    ButtonKind, Empty, Head, LinkButton, Loaded, PageHead, Pagination, RowsSkeleton, load,
};
use model::ImportDesk;

/// Links on their way to products, and the box for more.
#[component]
pub fn ImportsPage() -> AnyView {
    let page = page_in_query();
    let desk = load(move || page.get(), read_imports);
    view! {
        <Head title="Imports" robots=false/>
        <PageHead title="Imports" sentence="Paste the link of a product you sell elsewhere. It is read into a draft for you to check."/>
        <ProductTabs/>
        <div class="import-paste"><PasteLink/></div>
        <Loaded load=desk waiting=|| view! { <RowsSkeleton/> } let:desk><Desk desk/></Loaded>
    }
}

#[component]
fn Desk(desk: ImportDesk) -> impl IntoView {
    let ImportDesk { imports, shops } = desk;
    if imports.rows.is_empty() && shops.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuImport
                title="Nothing is on its way"
                sentence="Paste a product's link above, or the link of your whole shop. Title, price, variants and pictures are read for you."
            >
                <LinkButton href=paths::NEW_PRODUCT kind=ButtonKind::Secondary small=true>"Add a product by hand"</LinkButton>
            </Empty>
        };
    }
    let (page, pages) = (imports.page, imports.pages);
    view! {
        <div class="import-desk">
            {(!shops.is_empty()).then(|| view! { <ShopTable shops/> })}
            {(!imports.rows.is_empty()).then(|| view! { <ImportTable imports=imports.rows/> })}
        </div>
        <Pagination page pages/>
    }
}
