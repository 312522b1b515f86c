use super::api::read_store;
use super::store_head::StoreHead;
use crate::listing::MarketTile;
use crate::marketplace::address;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{from_query, page_in_query, word_in_path};
use crate::ui::{Empty, Head, LinkButton, Loaded, Pagination, ProductGrid, load};
use model::{Category, Page, ProductCard, StorePage};

/// A store's front.
#[component]
pub fn StoreFrontPage() -> AnyView {
    let (slug, page) = (word_in_path("store"), page_in_query());
    let category = from_query(address::category);
    let store = load(
        move || (slug.get(), category.get(), page.get()),
        |(slug, category, page)| read_store(slug, category, page),
    );
    view! {
        <Loaded load=store let:page>
            <StoreFront page category=category.get_untracked()/>
        </Loaded>
    }
}

#[component]
fn StoreFront(page: StorePage, category: Option<Category>) -> impl IntoView {
    let StorePage {
        store,
        shelf,
        categories,
        own_products,
        makers_carried,
    } = page;
    let description = if store.tagline.is_empty() {
        store.about.clone()
    } else {
        store.tagline.clone()
    };
    let front = paths::store(&store.slug);
    let picture = shelf
        .rows
        .iter()
        .find_map(|card| Some(card.picture.as_ref()?.large()));
    view! {
        <Head title=store.name.clone() description picture=picture canonical=front.clone()/>
        <StoreHead store own_products makers_carried/>
        {(categories.len() > 1).then(|| view! { <ShelfCategories front categories chosen=category/> })}
        <h2 class="sr-only">"On the shelf"</h2>
        <Shelf shelf/>
    }
}

#[component]
fn ShelfCategories(
    front: String,
    categories: Vec<Category>,
    chosen: Option<Category>,
) -> impl IntoView {
    let link = move |category: Option<Category>| {
        let href = category.map_or_else(
            || front.clone(),
            |category| format!("{front}?category={category}"),
        );
        let here = chosen == category;
        let words = category.map_or("Everything", Category::label);
        view! { <li><a class="choice" href=href aria-current=here.then_some("true")>{words}</a></li> }
    };
    view! {
        <nav class="store-categories" aria-label="Categories">
            <ul class="choice-row">
                {link(None)}
                {categories.into_iter().map(|category| link(Some(category))).collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Shelf(shelf: Page<ProductCard>) -> impl IntoView {
    let Page {
        rows, page, pages, ..
    } = shelf;
    if rows.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuLibrary
                title="This shelf is empty for now"
                sentence="Come back another day, or see what the other stores have."
            >
                <LinkButton href=paths::MARKET>"Go to the marketplace"</LinkButton>
            </Empty>
        };
    }
    view! {
        <ProductGrid>
            {rows.into_iter().enumerate().map(|(at, card)| view! { <MarketTile card eager={at < 4}/> }).collect_view()}
        </ProductGrid>
        <Pagination page pages/>
    }
}
