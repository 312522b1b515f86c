//! What a page says, as it says it, with where each thing was found.

use super::remarks::is_of_variant;
use crate::ui::{Badge, Tone};
use leptos::prelude::*;
use model::FoundField;
use std::collections::BTreeMap;

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
        .any(|field| number_of_variant(&field.field).is_some_and(|number| number > 0));
    let (variants, fields): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|field| several && is_of_variant(&field.field));
    let rows = by_variant(variants);
    view! {
        <section class="panel panel-stack found" aria-labelledby="found" data-testid="found">
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
    .into_any()
}

#[component]
fn FoundLine(field: FoundField) -> impl IntoView {
    view! {
        <div class="found-line" class:is-doubtful=field.doubtful data-testid=format!("found-{}", field.field)>
            <dt>{field.label}</dt>
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

/// What is said of a variant, by the name of its column.
const COLUMNS: [(&str, &str); 4] = [
    ("name", "Variant"),
    ("price", "Price"),
    ("stock", "In stock"),
    ("sku", "SKU"),
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
            let field = row.iter().find(|field| column_of(&field.field) == column);
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
    .into_any()
}

/// The fields of each variant, in the variants' order.
fn by_variant(found: Vec<FoundField>) -> Vec<Vec<FoundField>> {
    let mut rows: BTreeMap<usize, Vec<FoundField>> = BTreeMap::new();
    for field in found {
        if let Some(number) = number_of_variant(&field.field) {
            rows.entry(number).or_default().push(field);
        }
    }
    rows.into_values().collect()
}

/// `variants[3][price]` → 3.
fn number_of_variant(field: &str) -> Option<usize> {
    is_of_variant(field)
        .then(|| field.split(['[', ']']).nth(1)?.parse().ok())
        .flatten()
}

/// `variants[3][price]` → `price`.
fn column_of(field: &str) -> &str {
    field.split(['[', ']']).nth(3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variants_field_is_told_by_its_number_and_column() {
        assert_eq!(number_of_variant("variants[3][price]"), Some(3));
        assert_eq!(column_of("variants[3][price]"), "price");
        assert_eq!(number_of_variant("title"), None);
        assert_eq!(number_of_variant("variants"), None);
    }
}
