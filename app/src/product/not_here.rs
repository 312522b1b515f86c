use crate::listing::MarketTile;
use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Empty, Head, LinkButton, PageHead, ProductGrid};
use model::{NotHere, ProductCard};

/// Where a product stood once: who sells it now, or that nobody does. Links to it lie in carts, orders and on other
/// people's pages.
#[component]
pub fn NotHerePage(
    /// What became of it.
    gone: NotHere,
) -> impl IntoView {
    match gone.card.clone() {
        Some(card) => view! { <SoldElsewhere gone card/> },
        None => view! { <NotSold gone/> },
    }
}

#[component]
fn SoldElsewhere(gone: NotHere, card: ProductCard) -> impl IntoView {
    let sentence = format!(
        "{} does not carry it now. {} makes it and sells it:",
        gone.store_name, gone.maker_name
    );
    view! {
        <Head title=card.title.clone() canonical=card.href() robots=false/>
        <div data-testid="not-here">
            <PageHead title=card.title.clone() sentence/>
            <ProductGrid><MarketTile card eager=true/></ProductGrid>
        </div>
    }
}

#[component]
fn NotSold(gone: NotHere) -> impl IntoView {
    let sentence = format!(
        "{} has taken it off the market. What was bought of it stays bought.",
        gone.maker_name
    );
    view! {
        <Head title="No longer sold" robots=false/>
        <div data-testid="not-here">
            <Empty icon=icondata_lu::LuPackageX title="This is no longer sold" sentence>
                <LinkButton href=paths::store(&gone.maker_slug)>{format!("See what {} sells", gone.maker_name)}</LinkButton>
                <LinkButton href=paths::MARKET kind=ButtonKind::Secondary>"Look through the marketplace"</LinkButton>
            </Empty>
        </div>
    }
}
