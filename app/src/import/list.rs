//! Imports and whole shops as rows.

use super::import_page::name;
use super::shop_progress::past;
use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Cell, DateText, Icon, LinkButton, StatusBadge, Table};
use model::counted;
use model::{ImportPicture, ImportState, ImportView, ShopImportState, ShopImportView};

/// Links that are not products yet.
#[component]
pub fn ImportTable(
    /// The last pasted first.
    imports: Vec<ImportView>,
) -> impl IntoView {
    view! {
        <section class="import-part" aria-labelledby="pages">
            <h2 id="pages">"Single pages"</h2>
            <Table caption="Pasted links" columns=vec!["Page", "State", "Pasted", ""] test_id="import-table">
                {imports.into_iter().map(|import| view! { <ImportLine import/> }).collect_view()}
            </Table>
        </section>
    }
}

#[component]
fn ImportLine(import: ImportView) -> impl IntoView {
    let (state, asked_at) = (import.state, import.asked_at);
    let href = paths::import(import.id);
    let title = name(&import);
    let (title_leads, about) = (href.clone(), title.clone());
    let note = match import.problem {
        Some(problem) => problem.sentence().to_owned(),
        None => import.host.clone(),
    };
    view! {
        <tr data-testid="import-row">
            <Cell>
                <ImportName picture=import.picture title href=title_leads note/>
            </Cell>
            <Cell column="State"><StatusBadge status=state/></Cell>
            <Cell column="Pasted"><DateText at=asked_at/></Cell>
            <Cell><WayOn words=next_step(state) href about/></Cell>
        </tr>
    }
}

/// The way on, at the end of a row.
#[component]
pub fn WayOn(
    /// What is done there.
    words: &'static str,
    /// Where it leads.
    href: String,
    /// What it is about, for those who can't see the row it stands in.
    about: String,
) -> impl IntoView {
    view! {
        <div class="row-actions">
            <LinkButton href kind=ButtonKind::Quiet small=true>
                {words}<span class="sr-only">{format!(": {about}")}</span>
            </LinkButton>
        </div>
    }
}

/// What a person does next about an import.
pub fn next_step(state: ImportState) -> &'static str {
    match state {
        ImportState::Ready => "Check it",
        ImportState::Failed => "What to do",
        ImportState::Saved => "Edit",
        _ => "Look",
    }
}

/// An import at the start of a row: its picture, its name as a link, a few words below.
#[component]
pub fn ImportName(
    /// Its first picture, once it is here.
    #[prop(optional_no_strip)]
    picture: Option<ImportPicture>,
    /// Its name.
    title: String,
    /// Where that leads.
    href: String,
    /// A few words below.
    note: String,
) -> impl IntoView {
    let inside = match picture {
        // The title beside it says the same.
        Some(picture) => view! {
            <img src=picture.small() alt="" width="480" height="480" loading="lazy" decoding="async"/>
        },
        None => view! { <Icon icon=icondata_lu::LuLink class="import-no-picture"/> },
    };
    view! {
        <div class="product-name">
            <span class="picture product-name-picture">{inside}</span>
            <div class="shrinks">
                <a class="product-name-title" href=href>{title}</a>
                <p class="product-name-note">{note}</p>
            </div>
        </div>
    }
}

/// Whole shops.
#[component]
pub fn ShopTable(
    /// The last asked for first.
    shops: Vec<ShopImportView>,
) -> impl IntoView {
    view! {
        <section class="import-part" aria-labelledby="shops">
            <h2 id="shops">"Whole shops"</h2>
            <Table caption="Whole shops" columns=vec!["Shop", "State", "Asked for", ""] test_id="shop-import-table">
                {shops.into_iter().map(|shop| view! { <ShopLine shop/> }).collect_view()}
            </Table>
        </section>
    }
}

#[component]
fn ShopLine(shop: ShopImportView) -> impl IntoView {
    let (state, asked_at) = (shop.state, shop.asked_at);
    let href = paths::shop_import(shop.id);
    let host = shop.host.clone();
    let (title_leads, about) = (href.clone(), host.clone());
    let note = match (shop.state, shop.problem) {
        (_, Some(problem)) => problem.sentence().to_owned(),
        (ShopImportState::Listing, None) => String::new(),
        (ShopImportState::Listed, None) => counted(shop.found, "product found", "products found"),
        _ => format!(
            "{} of {}",
            past(&shop),
            counted(shop.found, "product", "products")
        ),
    };
    view! {
        <tr data-testid="shop-import-row">
            <Cell>
                <div class="shrinks">
                    <a class="product-name-title" href=title_leads>{host}</a>
                    <p class="product-name-note">{note}</p>
                </div>
            </Cell>
            <Cell column="State"><StatusBadge status=state/></Cell>
            <Cell column="Asked for"><DateText at=asked_at/></Cell>
            <Cell><WayOn words="Look" href about/></Cell>
        </tr>
    }
}
