//! What a page says, as it says it, with where each thing was found.

use crate::prelude::*;
use crate::ui::{Badge, Tone};
use model::{FoundField, VariantColumn};

/// Everything that was found.
#[component]
pub fn Found(
    /// In the form's order.
    found: Vec<FoundField>,
) -> impl IntoView {
    let doubtful = found.iter().filter(|field| field.doubtful).count();
    let look_twice = match doubtful {
        0 => None,
        1 => Some("1 to look at twice".to_owned()),
        several => Some(format!("{several} to look at twice")),
    };
    let nothing = found.is_empty();
    // The only variant is the product itself; several are a table.
    let several = found
        .iter()
        .any(|field| matches!(field.field.of_variant(), Some((1.., _))));
    let (variants, fields): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|field| several && field.field.of_variant().is_some());
    let rows = by_variant(variants);
    view! {
        <section class="panel panel-stack" aria-labelledby="found" data-testid="found">
            <div class="found-head">
                <h2 id="found">"What the page says"</h2>
                {look_twice.map(|words| view! { <Badge tone=Tone::Warning>{words}</Badge> })}
            </div>
            {nothing.then(|| view! { <p class="note">"Nothing was found on it."</p> })}
            <dl class="found-list">
                {fields.into_iter().map(|field| view! { <FoundLine field/> }).collect_view()}
            </dl>
            {several.then(|| view! { <FoundVariants rows/> })}
        </section>
    }
}

#[component]
fn FoundLine(field: FoundField) -> impl IntoView {
    view! {
        <div class="found-line" class:is-doubtful=field.doubtful data-testid=format!("found-{}", field.field)>
            <dt>{field.field.label()}</dt>
            <dd>
                <span class="found-value">{field.value}</span>
                <span class="found-source">
                    {field.doubtful.then(|| view! { <Badge tone=Tone::Warning test_id="doubtful">"Look twice"</Badge> })}
                    <span>{field.source}</span>
                </span>
            </dd>
        </div>
    }
}

/// What is said of a variant, with the heads of the table's columns.
const COLUMNS: [(VariantColumn, &str); 4] = [
    (VariantColumn::Name, "Variant"),
    (VariantColumn::Price, "Price"),
    (VariantColumn::Stock, "In stock"),
    (VariantColumn::Sku, "SKU"),
];

#[component]
fn FoundVariants(rows: Vec<Vec<FoundField>>) -> impl IntoView {
    let source = rows
        .iter()
        .flatten()
        .next()
        .map(|field| field.source.clone());
    let lines = rows.into_iter().map(|row| {
        COLUMNS.map(|(column, _)| {
            let is_here = |field: &&FoundField| matches!(field.field.of_variant(), Some((_, own)) if own == column);
            let field = row.iter().find(is_here);
            view! {
                <td class:is-doubtful=field.is_some_and(|field| field.doubtful)>
                    {field.map(|field| field.value.clone())}
                    {field.filter(|field| field.doubtful).map(|_| view! { <span class="sr-only">" (look twice)"</span> })}
                </td>
            }
        })
        .collect_view()
    });
    view! {
        <div class="found-variants" role="region" aria-label="Variants on the page" tabindex="0">
            <table>
                <caption class="sr-only">"Variants on the page"</caption>
                <thead>
                    <tr>{COLUMNS.map(|(_, name)| view! { <th scope="col">{name}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{lines.map(|cells| view! { <tr>{cells}</tr> }).collect_view()}</tbody>
            </table>
        </div>
        {source.map(|source| view! { <p class="note">{source}</p> })}
    }
}

/// The fields of each variant, in the variants' order.
fn by_variant(found: Vec<FoundField>) -> Vec<Vec<FoundField>> {
    let mut rows: Vec<(usize, Vec<FoundField>)> = Vec::new();
    for field in found {
        if let Some((number, _)) = field.field.of_variant() {
            let at = rows.partition_point(|(before, _)| *before < number);
            match rows.get_mut(at).filter(|(there, _)| *there == number) {
                Some((_, fields)) => fields.push(field),
                None => rows.insert(at, (number, vec![field])),
            }
        }
    }
    rows.into_iter().map(|(_, fields)| fields).collect()
}
