use super::api::read_offers;
use super::offer_table::OfferTable;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{Empty, Head, LinkButton, Loaded, PageHead, Pagination, RowsSkeleton, load};
use model::{OfferRow, Page};

/// The maker's offers, open ones first.
#[component]
pub fn OffersPage() -> AnyView {
    let page = page_in_query();
    let offers = load(move || page.get(), read_offers);
    view! {
        <Head title="Offers" robots=false/>
        <PageHead title="Offers" sentence="What you promise to other stores for selling your products.">
            <LinkButton href=paths::NEW_OFFER small=true icon=icondata_lu::LuPlus test_id="new-offer">"Make an offer"</LinkButton>
        </PageHead>
        <Loaded load=offers waiting=|| view! { <RowsSkeleton/> } let:offers><Offers offers/></Loaded>
    }
}

#[component]
fn Offers(offers: Page<OfferRow>) -> impl IntoView {
    if offers.rows.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuHandshake
                title="No offers yet"
                sentence="An offer sets tokens aside for every unit of a product, and other stores can put it on their shelves. When one of them sells a unit, you ship it, the market owes you the full price, and the tokens set aside for it go to that store."
            >
                <LinkButton href=paths::NEW_OFFER small=true>"Make an offer"</LinkButton>
            </Empty>
        };
    }
    view! {
        <OfferTable offers=offers.rows/>
        <Pagination page=offers.page pages=offers.pages/>
    }
}
