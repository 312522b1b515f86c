use super::api::read_import;
use super::check_page::CheckPage;
use super::problem::ProblemPage;
use super::working::Working;
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{id_in_path, word_in_query};
use crate::ui::{Breadcrumbs, ButtonKind, Changes, Empty, Head, LinkButton, Loaded, load};
use model::{ImportCheck, ImportId, ImportState, ImportView};

/// One pasted link: how far it is, what went wrong, or what was found.
#[component]
pub fn ImportPage() -> AnyView {
    let id = id_in_path::<ImportId>("import");
    let by_hand = word_in_query("by_hand");
    let changes = Changes::default();
    let check = load(
        move || (id.get(), by_hand.get(), changes.count()),
        |(id, ..)| async move { read_import(id.ok_or(AppError::NotFound)?).await },
    );
    view! {
        <Loaded load=check let:check>
            <Import check by_hand=by_hand.with_untracked(|word| !word.is_empty()) changes/>
        </Loaded>
    }
}

#[component]
fn Import(check: ImportCheck, by_hand: bool, changes: Changes) -> impl IntoView {
    let import = check.import.clone();
    let here = name(&import);
    let part = match import.state {
        state if state.is_working() => view! { <Working import changes/> },
        ImportState::Failed if !by_hand => view! { <ProblemPage import changes/> },
        state if state.can_be_saved() => view! { <CheckPage check/> },
        ImportState::Saved => view! { <Saved import/> },
        _ => view! { <Discarded/> },
    };
    view! {
        <Head title=here.clone() robots=false/>
        <Breadcrumbs above=above() here/>
        {part}
    }
}

/// What an import is called: its product, or where it comes from.
pub fn name(import: &ImportView) -> String {
    match &import.title {
        Some(title) => title.clone(),
        None => format!("A page of {}", import.host),
    }
}

/// The way to an import.
pub fn above() -> Vec<(String, String)> {
    vec![
        ("Products".to_owned(), paths::DASHBOARD_PRODUCTS.to_owned()),
        ("Imports".to_owned(), paths::DASHBOARD_IMPORTS.to_owned()),
    ]
}

#[component]
fn Saved(import: ImportView) -> impl IntoView {
    let href = import
        .product
        .map_or_else(|| paths::DASHBOARD_PRODUCTS.to_owned(), paths::edit_product);
    view! {
        <Empty icon=icondata_lu::LuPackageCheck title="It has become a product" sentence="What was found on this page is among your products.">
            <LinkButton href>"Go to the product"</LinkButton>
        </Empty>
    }
}

#[component]
fn Discarded() -> impl IntoView {
    view! {
        <Empty icon=icondata_lu::LuTrash2 title="This import was discarded" sentence="Nothing of it was kept. Paste the link again to begin anew.">
            <LinkButton href=paths::DASHBOARD_IMPORTS kind=ButtonKind::Secondary>"Go to the imports"</LinkButton>
        </Empty>
    }
}
