//! schema.org's words, whatever they are written in. JSON-LD, Microdata and RDFa all come here as JSON objects with
//! `@type`, and leave as readings.

use crate::draft::{Confidence, Source};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::text::price::Hints;
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

mod breadcrumb;
mod offer;
mod options;
mod product;

/// Products on one page that are looked at; the rest are a list's.
const MOST_PRODUCTS: usize = 300;

/// What every part of a page's data is read with.
pub struct Context<'a> {
    pub source: Source,
    pub url: &'a Url,
    pub hints: Hints,
    nodes: HashMap<&'a str, &'a Value>,
}

/// The readings in a page's items: one for each product, and one for the breadcrumbs.
#[must_use]
pub fn read(items: &[Value], source: Source, url: &Url, hints: Hints) -> Vec<Reading> {
    let mut context = Context {
        source,
        url,
        hints,
        nodes: HashMap::new(),
    };
    for item in items {
        index(item, &mut context.nodes);
    }
    let mut readings = Vec::new();
    for item in items {
        visit(item, Place::Top, &context, &mut readings);
    }
    readings.extend(breadcrumb::read(items, &context));
    readings
}

impl<'a> Context<'a> {
    /// What a reference like `{"@id": "#offer"}` stands for; anything else is itself.
    fn resolve(&self, value: &'a Value) -> &'a Value {
        let Some(object) = value.as_object() else {
            return value;
        };
        match object.get("@id").and_then(Value::as_str) {
            Some(id) if object.keys().all(|key| key == "@id" || key == "@type") => {
                self.nodes.get(id).copied().unwrap_or(value)
            }
            _ => value,
        }
    }

    /// The values of a property, references resolved.
    fn values(&self, of: &'a Value, names: &[&str]) -> impl Iterator<Item = &'a Value> {
        member(of, names)
            .map(as_list)
            .unwrap_or_default()
            .iter()
            .map(|value| self.resolve(value))
    }
}

/// Where an item stands, as far as it says whether it's the page's subject.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Top,
    Inside,
    Related,
}

fn index<'a>(value: &'a Value, nodes: &mut HashMap<&'a str, &'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| index(value, nodes)),
        Value::Object(object) => {
            if let Some(id) = object.get("@id").and_then(Value::as_str) {
                let known = nodes
                    .get(id)
                    .and_then(|known| known.as_object())
                    .map_or(0, serde_json::Map::len);
                if object.len() > known {
                    nodes.insert(id, value);
                }
            }
            object.values().for_each(|value| index(value, nodes));
        }
        _ => {}
    }
}

fn visit<'a>(value: &'a Value, place: Place, context: &Context<'a>, readings: &mut Vec<Reading>) {
    if readings.len() >= MOST_PRODUCTS {
        return;
    }
    let object = match value {
        Value::Array(values) => {
            values
                .iter()
                .for_each(|value| visit(value, place, context, readings));
            return;
        }
        Value::Object(object) => object,
        _ => return,
    };
    let types = Types::of(value);
    let mut found = if types.is_product() {
        Some(product::read(value, context, Confidence::Sure))
    } else if types.is_offer() && place != Place::Inside {
        product::read_offer(value, context)
    } else if types.may_be_sold() && member(value, &["offers", "offer"]).is_some() {
        Some(product::read(value, context, Confidence::Likely))
            .filter(|reading| reading.price.is_some())
    } else {
        None
    };
    if let Some(reading) = &mut found {
        reading.related = place == Place::Related;
    }
    let is_product = found.is_some();
    readings.extend(found);
    for (name, inner) in object {
        let name = name.to_ascii_lowercase();
        let is_list = matches!(name.as_str(), "itemlistelement" | "hasoffercatalog");
        let is_beside = name.starts_with("isrelated")
            || name.starts_with("issimilar")
            || name.starts_with("isaccessory")
            || name.starts_with("isconsumable")
            || name == "relatedto";
        let is_part = matches!(
            name.as_str(),
            "offers"
                | "offer"
                | "hasvariant"
                | "isvariantof"
                | "brand"
                | "manufacturer"
                | "model"
                | "review"
                | "reviews"
        );
        if is_list || is_beside {
            visit(inner, Place::Related, context, readings);
        } else if !(is_product && is_part) {
            let inside = if place == Place::Top && !is_product {
                Place::Top
            } else {
                place.inside()
            };
            visit(inner, inside, context, readings);
        }
    }
}

impl Place {
    fn inside(self) -> Self {
        if self == Self::Related {
            self
        } else {
            Self::Inside
        }
    }
}

/// An item's types, without vocabulary and letter case: `http://schema.org/Product` is `product`.
struct Types(Vec<String>);

impl Types {
    fn of(value: &Value) -> Self {
        let names = member(value, &["@type", "type"])
            .map(as_list)
            .unwrap_or_default();
        Self(
            names
                .iter()
                .filter_map(Value::as_str)
                .flat_map(str::split_whitespace)
                .filter_map(|name| name.trim_end_matches('/').rsplit(['/', '#', ':']).next())
                .map(str::to_ascii_lowercase)
                .collect(),
        )
    }

    fn is(&self, names: &[&str]) -> bool {
        self.0.iter().any(|name| names.contains(&name.as_str()))
    }

    fn is_product(&self) -> bool {
        self.is(&[
            "product",
            "productgroup",
            "productmodel",
            "individualproduct",
            "someproducts",
            "vehicle",
            "car",
            "drug",
            "diet_supplement",
            "dietarysupplement",
        ])
    }

    fn is_offer(&self) -> bool {
        self.is(&[
            "offer",
            "aggregateoffer",
            "offeraggregate",
            "offer-aggregate",
        ])
    }

    /// Things that are sold without being called products, unless they are somebody's business.
    fn may_be_sold(&self) -> bool {
        !self.0.is_empty()
            && !self.is_offer()
            && !self.0.iter().any(|name| {
                name.ends_with("business")
                    || name.ends_with("store")
                    || name.ends_with("organization")
                    || name.ends_with("page")
                    || name.ends_with("action")
                    || [
                        "website",
                        "person",
                        "corporation",
                        "restaurant",
                        "itemlist",
                        "brand",
                        "hotel",
                        "article",
                    ]
                    .contains(&name.as_str())
            })
    }
}

/// A property's text: of a value, of the first of many, or of a thing's name.
fn text(value: &Value, context_depth: usize) -> Option<String> {
    match value {
        Value::Object(_) if context_depth < 3 => {
            member(value, &["name", "@value", "value", "title", "@id"])
                .and_then(|inner| text(inner, context_depth + 1))
                .filter(|name| !name.starts_with("http") && !name.starts_with('#'))
        }
        Value::Array(values) => values.iter().find_map(|value| text(value, context_depth)),
        other => as_text(other),
    }
}
