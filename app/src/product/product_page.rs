use super::api::read_product;
use super::buy_box::BuyBox;
use super::facts::facts;
use super::gallery::Gallery;
use super::maker_lines::MakerLines;
use super::not_here::NotHerePage;
use super::owner_panel::OwnerPanel;
use crate::listing::MarketTile;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::word_in_path;
use crate::ui::{Breadcrumbs, Head, JsonLd, Loaded, ProductGrid, Prose, load, use_page};
use model::{ProductAt, ProductCard, ProductPage, StoreView};

/// How much of a description goes into search results.
const SUMMARY: usize = 160;

/// A product on a store's shelf.
#[component]
pub fn ListedProductPage() -> AnyView {
    let (store, product) = (word_in_path("store"), word_in_path("product"));
    let product = load(
        move || (store.get(), product.get()),
        |(store, product)| read_product(store, product),
    );
    view! {
        <Loaded load=product let:found>
            {match found {
                ProductAt::Here(page) => view! { <ListedProduct page=*page/> },
                ProductAt::NotHere(gone) => view! { <NotHerePage gone=*gone/> },
            }}
        </Loaded>
    }
}

#[component]
fn ListedProduct(page: ProductPage) -> impl IntoView {
    let above = vec![(page.store.name.clone(), paths::store(&page.store.slug))];
    view! {
        <ProductHead page=page.clone()/>
        <article class="product-page" data-testid="product">
            <div class="product-page-crumbs"><Breadcrumbs above here=page.title.clone()/></div>
            <div class="product-page-gallery"><Gallery pictures=page.pictures.clone()/></div>
            <div class="product-page-buy">
                <h1>{page.title.clone()}</h1>
                <p class="product-page-by">
                    "by "<a class="link" href=paths::store(&page.maker.slug)>{page.maker.name.clone()}</a>
                </p>
                <BuyBox page=page.clone()/>
                <OwnerPanel page=page.clone()/>
                <MakerLines maker=page.maker store=page.store.clone()/>
            </div>
            <section class="product-page-words" aria-labelledby="about-it">
                <h2 id="about-it">"About it"</h2>
                <Prose text=page.description/>
            </section>
        </article>
        {(!page.more.is_empty()).then(|| view! { <More store=page.store more=page.more/> })}
    }
}

/// Title, description, picture and facts for machines. The one true address is on the maker's own shelf.
#[component]
fn ProductHead(page: ProductPage) -> impl IntoView {
    let canonical = paths::product(&page.maker.slug, &page.slug);
    let title = format!("{} by {}", page.title, page.maker.name);
    let picture = page.pictures.first().map(|picture| picture.large());
    let is_draft = page.listing.is_none();
    view! {
        <Head title description=summary(&page.description) picture=picture kind="product" canonical robots=!is_draft/>
        {(!is_draft).then(|| view! { <JsonLd facts=|| facts(&page, &use_page().market())/> })}
    }
}

#[component]
fn More(store: StoreView, more: Vec<ProductCard>) -> impl IntoView {
    view! {
        <section class="more-from" aria-labelledby="more-from">
            <div class="section-head">
                <h2 id="more-from">"More from this shelf"</h2>
                <a class="link" href=paths::store(&store.slug)>{format!("All of {}", store.name)}</a>
            </div>
            <ProductGrid>{more.into_iter().map(|card| view! { <MarketTile card/> }).collect_view()}</ProductGrid>
        </section>
    }
}

/// The first words of a description in one line.
fn summary(description: &str) -> String {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SUMMARY) {
        None => line,
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn a_summary_ends_with_a_whole_word() {
        assert_eq!(summary("One\n\ntwo"), "One two");
        let long = "word ".repeat(60);
        assert!(summary(&long).ends_with("word…") && summary(&long).chars().count() <= 161);
    }
}
