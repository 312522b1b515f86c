use super::api::read_marketplace;
use super::filters::{CategoryLinks, NarrowLinks, SortLinks};
use super::words_found::{CalledSo, LookedFor};
use super::{SearchForm, address};
use crate::link::PasteLink;
use crate::listing::MarketTile;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::from_query;
use crate::ui::{
    Empty, GridSkeleton, Head, LinkButton, Loaded, PageHead, Pagination, ProductGrid, load,
    use_page,
};
use model::{MarketFilters, MarketPage, Page, ProductCard};

/// How many tiles are seen first: their pictures are loaded at once.
const FIRST_SEEN: usize = 4;

const OF_ALL: &str = "Things made by independent makers. Put them in one cart, pay once, and each maker ships her own parcel.";
const OF_OWNER: &str = "Everything here can stand on your shelf today. Its maker ships it; you earn the reward for every unit you sell.";
const BY_WORDS: &str = "Everything that can be bought here, whoever made it.";
const OF_OWNER_BY_WORDS: &str =
    "Everything that can be bought here. What carries a reward can stand on your shelf today.";

/// Everything makers offer, or what is found by words.
#[component]
pub fn MarketplacePage() -> AnyView {
    let filters = from_query(address::read);
    let found = load(move || filters.get(), read_marketplace);
    let is_owner = use_page().store().with_untracked(Option::is_some);
    let has_words = Memo::new(move |_| filters.with(MarketFilters::has_words));
    let head = move || match (has_words.get(), is_owner) {
        (true, true) => view! { <PageHead title="Search" sentence=OF_OWNER_BY_WORDS/> },
        (true, false) => view! { <PageHead title="Search" sentence=BY_WORDS/> },
        (false, true) => view! { <PageHead title="Marketplace" sentence=OF_OWNER/> },
        (false, false) => view! { <PageHead title="Marketplace" sentence=OF_ALL/> },
    };
    view! {
        <Heads filters/>
        {head}
        {is_owner.then(|| view! { <div class="market-paste"><PasteLink/></div> })}
        <Loaded load=found waiting=|| view! { <GridSkeleton/> } let:page>
            <Found page filters=filters.get_untracked()/>
        </Loaded>
    }
}

/// Each list has a title of its own, so that tabs, bookmarks and the history tell them apart.
#[component]
fn Heads(filters: Memo<MarketFilters>) -> impl IntoView {
    let description = "Search everything that independent makers sell here, and buy from any of them with one payment.";
    let currency = use_page().currency();
    move || {
        let title = filters.with(|filters| address::title(filters, currency));
        view! { <Head title description/> }
    }
}

#[component]
fn Found(page: MarketPage, filters: MarketFilters) -> impl IntoView {
    let MarketPage {
        products,
        facets,
        words,
    } = page;
    // What is found is in some category.
    let is_counted = products.total == 0 || !facets.categories.is_empty();
    let count = is_counted.then(|| count_words(products.total, &filters.search));
    view! {
        <div class="market-bar">
            <div class="market-search"><SearchForm filters=filters.clone() test_id="market-search"/></div>
            <CategoryLinks filters=filters.clone() categories=facets.categories.clone()/>
            <NarrowLinks filters=filters.clone() facets/>
            <div class="market-bar-row">
                <p class="market-count" aria-live="polite" data-testid="result-count">{count}</p>
                <SortLinks filters=filters.clone()/>
            </div>
            <LookedFor corrected=words.corrected looked_up=words.looked_up/>
            <CalledSo stores=words.stores categories=words.categories/>
        </div>
        <h2 class="sr-only">"Products"</h2>
        {if products.rows.is_empty() {
            view! { <NothingFound search=filters.search/> }
        } else {
            view! { <Tiles products/> }
        }}
    }
}

#[component]
fn Tiles(products: Page<ProductCard>) -> impl IntoView {
    let Page {
        rows, page, pages, ..
    } = products;
    view! {
        <ProductGrid>
            {rows
                .into_iter()
                .enumerate()
                .map(|(at, card)| view! { <MarketTile card eager={at < FIRST_SEEN}/> })
                .collect_view()}
        </ProductGrid>
        <Pagination page pages/>
    }
}

#[component]
fn NothingFound(search: String) -> impl IntoView {
    let title = if search.is_empty() {
        "Nothing here yet".to_owned()
    } else {
        format!("Nothing found for “{search}”")
    };
    view! {
        <Empty
            icon=icondata_lu::LuSearchX
            title
            sentence="Try fewer or other words, take a filter away, or go through the stores."
        >
            <LinkButton href=paths::MARKET>"Show everything"</LinkButton>
            <LinkButton href=paths::STORES kind=crate::ui::ButtonKind::Secondary>"Go through the stores"</LinkButton>
        </Empty>
    }
}

fn count_words(products: u64, search: &str) -> String {
    let things = match products {
        1 => "1 product".to_owned(),
        products => format!("{products} products"),
    };
    if search.is_empty() {
        things
    } else {
        format!("{things} for “{search}”")
    }
}
