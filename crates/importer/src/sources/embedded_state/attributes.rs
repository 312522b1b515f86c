//! Data in the attributes of elements: whole objects (`data-product="{…}"`), or one value each (`data-price="12.50"`).

use crate::document::Document;
use crate::json;
use serde_json::{Map, Value};

/// Bytes of JSON in attributes that are read on one page.
const MOST_BYTES: usize = 1024 * 1024;
/// Elements with a price attribute that are looked at.
const MOST_ELEMENTS: usize = 500;
/// Shorter ones hold no product.
const SHORTEST: usize = 40;

/// Hands over whatever may be a product.
pub fn each(doc: &Document, mut take: impl FnMut(Value)) {
    let mut bytes_left = MOST_BYTES;
    let mut elements_left = MOST_ELEMENTS;
    for element in doc.elements() {
        let mut has_price = false;
        for (name, value) in element.value().attrs() {
            if !(name.starts_with("data-") || name.starts_with(':')) {
                continue;
            }
            has_price |= name.ends_with("price");
            let is_data = value.len() > SHORTEST
                && value.trim_start().starts_with(['{', '['])
                && value.contains("rice");
            if is_data && value.len() <= bytes_left {
                bytes_left -= value.len();
                json::read(value).into_iter().for_each(&mut take);
            }
        }
        if has_price && elements_left > 0 {
            elements_left -= 1;
            let members: Map<String, Value> = element
                .value()
                .attrs()
                .filter_map(|(name, value)| {
                    Some((
                        name.strip_prefix("data-")?.replace('-', "_"),
                        Value::from(value),
                    ))
                })
                .collect();
            take(Value::Object(members));
        }
    }
}
