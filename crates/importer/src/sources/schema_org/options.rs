//! What tells one variant of a product from another, whether the variant or its offer says so.

use super::text;
use crate::json::member;
use serde_json::Value;

/// The properties that tell one variant from another.
const OPTIONS: [(&str, &str); 6] = [
    ("color", "Color"),
    ("colour", "Color"),
    ("size", "Size"),
    ("material", "Material"),
    ("pattern", "Pattern"),
    ("flavor", "Flavor"),
];

/// What a product says about itself that may tell it from its siblings.
pub fn of(value: &Value) -> Vec<(String, String)> {
    OPTIONS
        .iter()
        .filter_map(|(property, name)| {
            let found = member(value, &[property]).and_then(|found| text(found, 0))?;
            (!found.starts_with("http")).then(|| ((*name).to_owned(), found))
        })
        .collect()
}
