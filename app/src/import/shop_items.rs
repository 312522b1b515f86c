use super::list::{ImportName, WayOn, next_step};
use crate::paths;
use crate::ui::{Badge, Cell, StatusBadge, Table};
use leptos::prelude::*;
use model::{ImportState, ImportView, ShopItem};

/// A whole shop's products, each with what became of it.
#[component]
pub fn ShopItems(
    /// In the shop's order.
    rows: RwSignal<Vec<ShopItem>>,
) -> impl IntoView {
    view! {
        <Table caption="Products of the shop" columns=vec!["Product", "State", ""] test_id="shop-items">
            <For each=move || rows.get() key=row_key let:item><ItemLine item/></For>
        </Table>
    }
    .into_any()
}

/// A row is built anew when what it says is another thing.
fn row_key(item: &ShopItem) -> (String, Option<ImportState>) {
    (
        item.url.clone(),
        item.import.as_ref().map(|import| import.state),
    )
}

#[component]
fn ItemLine(item: ShopItem) -> impl IntoView {
    let ShopItem {
        url,
        title,
        known,
        import,
    } = item;
    let path = format!("/{}", url.splitn(4, '/').nth(3).unwrap_or_default());
    // Of a page that was not read only the address is known.
    let unnamed = title == url;
    let note = match import.as_ref().and_then(|import| import.problem) {
        Some(problem) => problem.sentence().to_owned(),
        None if unnamed => String::new(),
        None => path.clone(),
    };
    let title = if unnamed { path } else { title };
    let picture = import.as_ref().and_then(|import| import.picture.clone());
    let (href, elsewhere) = match &import {
        Some(import) => (way(import), false),
        None => (url, true),
    };
    let next = import.as_ref().map(|import| {
        let (href, about) = (href.clone(), title.clone());
        view! { <WayOn words=next_step(import.state) href about/> }
    });
    let name = match elsewhere {
        true => view! {
            <div class="shrinks">
                <a class="product-name-title" href=href target="_blank" rel="noopener noreferrer nofollow">{title}</a>
                <p class="product-name-note">{note}</p>
            </div>
        }
        .into_any(),
        false => view! { <ImportName picture title href note/> }.into_any(),
    };
    let state = match &import {
        Some(import) => view! { <StatusBadge status=import.state/> }.into_any(),
        None if known => view! { <Badge>"You have it"</Badge> }.into_any(),
        None => view! { <Badge>"Not read yet"</Badge> }.into_any(),
    };
    view! {
        <tr data-testid="shop-item">
            <Cell>{name}</Cell>
            <Cell column="State">{state}</Cell>
            <Cell>{next}</Cell>
        </tr>
    }
    .into_any()
}

/// To the product an import has become, else to the import.
fn way(import: &ImportView) -> String {
    import
        .product
        .map_or_else(|| paths::import(import.id), paths::edit_product)
}
