use super::api::read_home;
use super::hero::Hero;
use super::how_it_works::{HowItWorks, OwnStoreBar};
use crate::listing::MarketTile;
use crate::marketplace::address;
use crate::paths;
use crate::prelude::*;
use crate::shop::StoreTile;
use crate::ui::{Head, Loaded, ProductGrid, load};
use model::{Category, HomeView, MarketFilters};

/// The front page.
#[component]
pub fn HomePage() -> AnyView {
    let home = load(|| (), |()| read_home());
    view! {
        <Head
            title=""
            description="A market of independent stores that sell each other's work. One cart, one payment, a parcel from each maker."
            canonical=paths::HOME
        />
        <Loaded load=home let:home><Home home/></Loaded>
    }
}

#[component]
fn Home(home: HomeView) -> impl IntoView {
    let HomeView {
        newest,
        window,
        categories,
        stores,
    } = home;
    // A young market has too few products for both.
    let window = if window.is_empty() {
        newest.clone()
    } else {
        window
    };
    view! {
        <div class="home">
            <OwnStoreBar/>
            <Hero window/>
            <Categories categories/>
            <section aria-labelledby="newest">
                <SectionHead id="newest" title="New on the market" href=paths::MARKET words="Everything"/>
                <ProductGrid>{newest.into_iter().map(|card| view! { <MarketTile card/> }).collect_view()}</ProductGrid>
            </section>
            <HowItWorks/>
            <section aria-labelledby="stores">
                <SectionHead id="stores" title="Stores to look around in" href=paths::STORES words="All stores"/>
                <ul class="store-grid">{stores.into_iter().map(|card| view! { <StoreTile card/> }).collect_view()}</ul>
            </section>
        </div>
    }
}

#[component]
fn SectionHead(
    id: &'static str,
    title: &'static str,
    href: &'static str,
    words: &'static str,
) -> impl IntoView {
    view! {
        <div class="section-head">
            <h2 id=id>{title}</h2>
            <a class="link" href=href>{words}</a>
        </div>
    }
}

#[component]
fn Categories(categories: Vec<(Category, i64)>) -> impl IntoView {
    let links = categories
        .into_iter()
        .map(|(category, products)| {
            let href = address::write(&MarketFilters {
                category: Some(category),
                ..MarketFilters::default()
            });
            view! {
                <li>
                    <a class="choice" href=href>
                        {category.label()}
                        <span class="choice-count">{products}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav aria-label="Categories"><ul class="choice-row">{links}</ul></nav> }
}
