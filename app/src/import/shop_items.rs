use super::list::{ImportName, WayOn, next_step};
use crate::paths;
use crate::prelude::*;
use crate::ui::{Badge, Cell, Each, Row, StatusBadge, Table};
use model::{ImportView, ShopItem};

/// A whole shop's products, each with what became of it.
#[component]
pub fn ShopItems(
    /// In the shop's order.
    rows: RwSignal<Vec<ShopItem>>,
) -> impl IntoView {
    let row = |item: ShopItem| Row::new(row_key(&item), move || view! { <ItemLine item/> });
    let rows = move || rows.get().into_iter().map(row).collect();
    view! {
        <Table caption="Products of the shop" columns=vec!["Product", "State", ""] test_id="shop-items">
            <Each rows/>
        </Table>
    }
}

/// A row is built anew when what it says is another thing.
fn row_key(item: &ShopItem) -> String {
    match &item.import {
        Some(import) => format!("{} {}", import.state.as_str(), item.url),
        None => item.url.clone(),
    }
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
        },
        false => view! { <ImportName picture title href note/> },
    };
    let state = match &import {
        Some(import) => view! { <StatusBadge status=import.state/> },
        None if known => view! { <Badge>"You have it"</Badge> },
        None => view! { <Badge>"Not read yet"</Badge> },
    };
    view! {
        <tr data-testid="shop-item">
            <Cell>{name}</Cell>
            <Cell column="State">{state}</Cell>
            <Cell>{next}</Cell>
        </tr>
    }
}

/// To the product an import has become, else to the import.
fn way(import: &ImportView) -> String {
    import
        .product
        .map_or_else(|| paths::import(import.id), paths::edit_product)
}
