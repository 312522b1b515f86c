//! Data that a page's own scripts use: `__NEXT_DATA__`, `dataLayer`, `var product = {…}`, JSON in script tags, and
//! `data-` attributes.
//!
//! Shops name these things as they like, so nothing is looked up by its place. Everything that looks like a product
//! (a name and a price) is found, and kept if it has the page's name, address or number.

use crate::document::{Document, script_of};
use crate::draft::{Confidence, Source};
use crate::platform;
use crate::reading::Reading;
use crate::subject::Subject;
use crate::text::price::Hints;
use serde_json::Value;
use url::Url;

mod attributes;
mod literals;
mod product;

/// Products in scripts that are looked at.
const MOST_PRODUCTS: usize = 1500;
/// How close a product's name has to be to the page's.
const CLOSE: f32 = 0.75;
const MOST_READINGS: usize = 12;

/// What this source says.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let hints = Hints::of(url, doc.language().as_deref());
    let subject = Subject::of(doc, url);
    let is_shopify = platform::is_shopify(doc);
    let mut readings: Vec<(f32, Reading)> = Vec::new();
    let mut look = |value: &Value| {
        let mut walk = Walk {
            subject: &subject,
            url,
            hints,
            is_shopify,
            found: &mut readings,
            seen: 0,
            strings_left: literals::MOST_NESTED_BYTES,
        };
        walk.visit(value, None, 0, false);
    };
    let mut bytes_left = literals::MOST_BYTES;
    for script in doc.named("script") {
        let kind = script
            .value()
            .attr("type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        if script.value().attr("src").is_some()
            || kind.contains("ld+json")
            || kind.contains("template")
        {
            continue;
        }
        let text = script_of(script);
        if bytes_left < text.len() {
            break;
        }
        bytes_left -= text.len();
        literals::each(&text, |value| look(&value));
    }
    attributes::each(doc, |value| look(&value));
    readings.sort_by(|one, other| other.0.total_cmp(&one.0));
    readings.truncate(MOST_READINGS);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

struct Walk<'a> {
    subject: &'a Subject,
    url: &'a Url,
    hints: Hints,
    is_shopify: bool,
    found: &'a mut Vec<(f32, Reading)>,
    seen: usize,
    /// Bytes of data in strings that may still be read.
    strings_left: usize,
}

impl Walk<'_> {
    /// Looks for products. `currency` is the one named outside, `is_detail` says that the data is about the one
    /// product that is being looked at.
    fn visit(&mut self, value: &Value, currency: Option<&str>, depth: usize, is_detail: bool) {
        if self.seen > MOST_PRODUCTS || depth > 60 {
            return;
        }
        match value {
            Value::Array(values) => {
                let is_detail = is_detail && values.len() <= 2;
                values
                    .iter()
                    .for_each(|value| self.visit(value, currency, depth + 1, is_detail));
            }
            Value::Object(object) => {
                let own = product::currency_of(value, &self.hints);
                let currency = own.as_deref().or(currency);
                let reading = if self.is_shopify && platform::is_shopify_product(value) {
                    platform::read_shopify_product(value, self.url)
                } else {
                    product::read(value, currency, self.hints)
                };
                if let Some(reading) = reading {
                    self.seen += 1;
                    self.keep(reading, is_detail);
                }
                let is_event = object
                    .get("event")
                    .and_then(Value::as_str)
                    .is_some_and(|event| {
                        ["view_item", "productdetail", "product_view", "viewproduct"]
                            .contains(&event.to_ascii_lowercase().as_str())
                    });
                for (name, inner) in object {
                    let name = name.to_ascii_lowercase();
                    let is_detail = is_detail
                        || is_event
                        || name == "detail"
                        || name == "productdetail"
                        || name == "product_detail";
                    self.visit(inner, currency, depth + 1, is_detail);
                }
            }
            Value::String(text)
                if literals::may_hold_data(text) && text.len() <= self.strings_left =>
            {
                self.strings_left -= text.len();
                literals::each_nested(text, |value| {
                    self.visit(&value, currency, depth + 1, is_detail)
                });
            }
            _ => {}
        }
    }

    fn keep(&mut self, mut reading: Reading, is_detail: bool) {
        let closeness = self.subject.closeness(&reading, self.url);
        reading.source = Source::EmbeddedState;
        if closeness >= CLOSE {
            reading.confidence = Confidence::Likely;
        } else if is_detail {
            reading.confidence = Confidence::Doubtful;
        } else {
            return;
        }
        let has_more = if reading.price.is_some() { 0.05 } else { 0.0 };
        self.found.push((closeness + has_more, reading));
    }
}
