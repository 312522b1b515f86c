//! Items written into a page's elements, as Microdata and RDFa do, become JSON objects as JSON-LD has them.

use crate::document::{Document, html_up_to, text_up_to};
use crate::sources::picture;
use scraper::ElementRef;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Longer texts are cut; the longest property is a description.
const LONGEST: usize = 40_000;
const MOST_ITEMS: usize = 400;
/// Elements looked at for one item, `itemref` included.
const MOST_ELEMENTS: usize = 30_000;
/// Bytes read for all items of a page. Elements that were never closed hold the rest of the page, each of them.
const MOST_TEXT: usize = 1024 * 1024;
/// Properties that one element stands for.
const MOST_NAMES: usize = 4;

/// What may still be looked at.
struct Budget {
    elements: usize,
    text: usize,
}

impl Budget {
    fn for_page() -> Budget {
        Budget {
            elements: MOST_ELEMENTS,
            text: MOST_TEXT,
        }
    }
}

/// The names of the attributes.
pub struct Words {
    pub scope: &'static str,
    pub kind: &'static str,
    pub property: &'static str,
    pub id: &'static str,
}

/// Properties whose value is an address; of all others it is what a person reads.
const ADDRESSES: [&str; 11] = [
    "url",
    "image",
    "photo",
    "logo",
    "availability",
    "itemcondition",
    "sameas",
    "contenturl",
    "thumbnailurl",
    "mainentityofpage",
    "item",
];

/// The items that are no other item's property.
pub fn items(doc: &Document, words: &Words) -> Vec<Value> {
    let mut by_id: Option<HashMap<&str, ElementRef<'_>>> = None;
    let mut budget = Budget::for_page();
    doc.elements()
        .filter(|element| {
            element.value().attr(words.scope).is_some() && !is_nested(*element, words)
        })
        .take(MOST_ITEMS)
        .map(|element| {
            let mut item = start(element, words);
            budget.elements = MOST_ELEMENTS;
            collect(element, words, &mut item, &mut budget);
            for id in element
                .value()
                .attr("itemref")
                .unwrap_or_default()
                .split_whitespace()
                .take(20)
            {
                let by_id = by_id.get_or_insert_with(|| {
                    doc.elements()
                        .filter_map(|element| Some((element.value().attr("id")?, element)))
                        .collect()
                });
                if let Some(referred) = by_id.get(id) {
                    take(*referred, words, &mut item, &mut budget);
                }
            }
            Value::Object(item)
        })
        .collect()
}

/// Properties of a product that stand in no item, as one item; nothing if none of them is worth anything.
pub fn stray(doc: &Document, words: &Words) -> Option<Value> {
    const WORTH: [&str; 12] = [
        "price",
        "pricecurrency",
        "availability",
        "sku",
        "mpn",
        "brand",
        "productid",
        "gtin",
        "gtin13",
        "gtin12",
        "gtin8",
        "gtin14",
    ];
    let mut item = Map::new();
    let mut budget = Budget::for_page();
    for element in doc.elements() {
        let Some(names) = element.value().attr(words.property) else {
            continue;
        };
        let is_worth = names
            .split_whitespace()
            .any(|name| WORTH.contains(&local(name).as_str()));
        if is_worth && element.value().attr(words.scope).is_none() && !is_in_item(element, words) {
            add(element, names, words, &mut item, &mut budget);
        }
    }
    if item.is_empty() {
        return None;
    }
    item.insert("@type".into(), Value::from("Product"));
    Some(Value::Object(item))
}

fn is_in_item(element: ElementRef<'_>, words: &Words) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|outer| outer.value().attr(words.scope).is_some())
}

fn is_nested(element: ElementRef<'_>, words: &Words) -> bool {
    element.value().attr(words.property).is_some() && is_in_item(element, words)
}

fn start(element: ElementRef<'_>, words: &Words) -> Map<String, Value> {
    let mut item = Map::new();
    let types: Vec<Value> = element
        .value()
        .attr(words.kind)
        .unwrap_or_default()
        .split_whitespace()
        .map(Value::from)
        .collect();
    item.insert("@type".into(), Value::Array(types));
    if let Some(id) = element
        .value()
        .attr(words.id)
        .filter(|id| !id.trim().is_empty())
    {
        item.insert("@id".into(), Value::from(id.trim()));
    }
    item
}

/// The properties below an element.
fn collect(
    element: ElementRef<'_>,
    words: &Words,
    item: &mut Map<String, Value>,
    budget: &mut Budget,
) {
    for child in element.child_elements() {
        take(child, words, item, budget);
    }
}

/// An element's property, if it is one, and those below it.
fn take(
    element: ElementRef<'_>,
    words: &Words,
    item: &mut Map<String, Value>,
    budget: &mut Budget,
) {
    if budget.elements == 0 || budget.text == 0 {
        return;
    }
    budget.elements -= 1;
    let names = element.value().attr(words.property);
    let opens = element.value().attr(words.scope).is_some();
    match (names, opens) {
        (Some(names), true) => {
            let mut inner = start(element, words);
            collect(element, words, &mut inner, budget);
            // A brand that is an item without properties is still a text.
            if inner.len() <= 2
                && let Some(text) = value(element, "name", budget)
            {
                inner.entry("name").or_insert(Value::from(text));
            }
            // An item with items in it is no two properties: such copies of copies would have no end.
            let most = if inner.values().any(holds_items) {
                1
            } else {
                MOST_NAMES
            };
            for name in names.split_whitespace().take(most) {
                push(item, &local(name), Value::Object(inner.clone()));
            }
        }
        // Another item, only placed here: it is one of its own.
        (None, true) => {}
        (names, false) => {
            if let Some(names) = names {
                add(element, names, words, item, budget);
            }
            collect(element, words, item, budget);
        }
    }
}

fn holds_items(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(Value::is_object),
        other => other.is_object(),
    }
}

fn add(
    element: ElementRef<'_>,
    names: &str,
    words: &Words,
    item: &mut Map<String, Value>,
    budget: &mut Budget,
) {
    for name in names.split_whitespace().take(MOST_NAMES).map(local) {
        let Some(text) = value(element, &name, budget) else {
            continue;
        };
        // Of a price inside a price, the inner one is exact.
        let has_inner = name.starts_with("price")
            && element.value().attr("content").is_none()
            && element
                .descendants()
                .skip(1)
                .take(50)
                .filter_map(ElementRef::wrap)
                .any(|inner| {
                    inner
                        .value()
                        .attr(words.property)
                        .is_some_and(|own| own.split_whitespace().any(|own| local(own) == name))
                });
        if !has_inner {
            push(item, &name, Value::from(text));
        }
    }
}

fn push(item: &mut Map<String, Value>, name: &str, value: Value) {
    match item.get_mut(name) {
        None => {
            item.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) if name != "@type" => values.push(value),
        Some(known) => {
            let first = known.take();
            *known = Value::Array(vec![first, value]);
        }
    }
}

/// A property's name without vocabulary, lower case: `schema:priceCurrency` is `pricecurrency`.
fn local(name: &str) -> String {
    name.rsplit(['/', '#', ':'])
        .next()
        .unwrap_or(name)
        .to_ascii_lowercase()
}

fn value(element: ElementRef<'_>, property: &str, budget: &mut Budget) -> Option<String> {
    let attribute = |name: &str| {
        element
            .value()
            .attr(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    };
    let is_address = ADDRESSES.contains(&property);
    if let Some(content) = attribute("content") {
        return Some(content.to_owned());
    }
    let own = match element.value().name() {
        "meta" => attribute("value").map(str::to_owned),
        "img" | "picture" if is_address => picture::address_of(element),
        "img" => attribute("alt").map(str::to_owned),
        "a" | "area" if is_address => attribute("href").map(str::to_owned),
        "link" => attribute("href").map(str::to_owned),
        "object" => attribute("data").map(str::to_owned),
        "data" | "meter" | "input" | "button" => attribute("value").map(str::to_owned),
        "time" => attribute("datetime").map(str::to_owned),
        "audio" | "embed" | "iframe" | "source" | "track" | "video" => {
            attribute("src").map(str::to_owned)
        }
        _ if is_address => attribute("href")
            .or_else(|| attribute("src"))
            .or_else(|| attribute("resource"))
            .map(str::to_owned),
        _ => None,
    };
    own.or_else(|| {
        let most = LONGEST.min(budget.text);
        let text = if property == "description" {
            html_up_to(element, most)
        } else {
            text_up_to(element, most)
        };
        budget.text = budget.text.saturating_sub(text.len());
        Some(text)
    })
    .filter(|text| !text.trim().is_empty())
}
