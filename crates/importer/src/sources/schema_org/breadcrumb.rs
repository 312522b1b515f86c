//! `BreadcrumbList`: which part of the shop a page belongs to.

use super::{Context, Types, text};
use crate::draft::Confidence;
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use serde_json::Value;

/// The longest list of crumbs on the page, as a category: without the shop's first page.
pub fn read(items: &[Value], context: &Context<'_>) -> Option<Reading> {
    let mut lists = Vec::new();
    items.iter().for_each(|item| find(item, 0, &mut lists));
    let category = lists
        .into_iter()
        .map(crumbs)
        .max_by_key(Vec::len)
        .filter(|crumbs| !crumbs.is_empty())?;
    let mut reading = Reading::new(context.source, Confidence::Doubtful);
    reading.category = category;
    Some(reading)
}

fn find<'a>(value: &'a Value, depth: usize, lists: &mut Vec<&'a Value>) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| find(value, depth + 1, lists)),
        Value::Object(object) => {
            if Types::of(value).is(&["breadcrumblist", "breadcrumb"]) {
                lists.push(value);
            }
            object
                .values()
                .for_each(|value| find(value, depth + 1, lists));
        }
        _ => {}
    }
}

fn crumbs(list: &Value) -> Vec<String> {
    let entries = member(list, &["itemListElement"])
        .map(as_list)
        .unwrap_or_default();
    let mut numbered: Vec<(usize, String)> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let name = member(entry, &["name"])
                .and_then(as_text)
                .or_else(|| member(entry, &["item"]).and_then(|item| text(item, 0)))?;
            let position = member(entry, &["position"])
                .and_then(as_text)
                .and_then(|text| text.parse().ok());
            Some((position.unwrap_or(index), name))
        })
        .collect();
    numbered.sort_by_key(|(position, _)| *position);
    numbered.into_iter().map(|(_, name)| name).collect()
}
