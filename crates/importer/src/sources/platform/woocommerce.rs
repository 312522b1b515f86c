//! WooCommerce: the Store API, and the form that a page with variations carries.
//!
//! The API's amounts are texts in minor units with the number of digits beside them; the form's are decimal.

use super::{currency, last_segment};
use crate::document::Document;
use crate::draft::{Amount, Availability, Confidence, Source, Variant};
use crate::json::{self, as_list, as_text};
use crate::reading::Reading;
use crate::sources::variant;
use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;

/// The Store API, asked for the product whose page this is.
pub fn endpoint(page: &Url) -> Option<Url> {
    let slug = last_segment(page)?.to_owned();
    let mut url = page.clone();
    url.set_path("/wp-json/wc/store/v1/products");
    url.set_fragment(None);
    url.query_pairs_mut().clear().append_pair("slug", &slug);
    Some(url)
}

/// The page of a product says so on its body.
pub fn is_body(doc: &Document) -> bool {
    doc.named("body").take(1).any(|body| {
        body.value()
            .classes()
            .any(|class| matches!(class, "woocommerce" | "woocommerce-page" | "single-product"))
    })
}

/// An endpoint's answer: a list with one product, or a product.
pub fn read(value: &Value, _page: &Url) -> Option<Reading> {
    let [product] = as_list(value) else {
        return None;
    };
    let prices = product.get("prices")?;
    let mut reading = Reading::new(Source::Platform, Confidence::Sure);
    let find = |name: &str| product.get(name).and_then(as_text);
    let names = |list: &str| -> Vec<String> {
        product
            .get(list)
            .map(as_list)
            .unwrap_or_default()
            .iter()
            .filter_map(|entry| entry.get("name").and_then(as_text))
            .collect()
    };
    reading.title = find("name");
    reading.description = find("description").or_else(|| find("short_description"));
    reading.url = find("permalink");
    reading.sku = find("sku");
    reading.brand = names("brands").into_iter().next();
    reading.category = names("categories").into_iter().take(1).collect();
    reading.price = amount(prices, "price");
    reading.list_price = amount(prices, "regular_price").filter(|list| {
        reading
            .price
            .as_ref()
            .is_some_and(|price| list.value > price.value)
    });
    reading.price_high = prices.get("price_range").and_then(|range| {
        Some(Amount {
            currency: None,
            value: minor(range.get("max_amount")?, digits(prices))?,
        })
    });
    reading.images = product
        .get("images")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|image| image.get("src").and_then(as_text))
        .take(60)
        .collect();
    let flag = |name: &str| product.get(name).and_then(Value::as_bool);
    reading.availability = match (flag("is_on_backorder"), flag("is_in_stock")) {
        (Some(true), _) => Some(Availability::BackOrder),
        (_, Some(true)) => Some(Availability::InStock),
        (_, Some(false)) => Some(Availability::OutOfStock),
        _ => None,
    };
    reading.stock = product
        .get("low_stock_remaining")
        .and_then(Value::as_u64)
        .and_then(|count| u32::try_from(count).ok());
    reading.variants = product
        .get("variations")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .take(1000)
        .map(|variation| Variant {
            options: variation
                .get("attributes")
                .map(as_list)
                .unwrap_or_default()
                .iter()
                .filter_map(|attribute| {
                    Some((
                        attribute.get("name").and_then(as_text)?,
                        attribute.get("value").and_then(as_text)?,
                    ))
                })
                .collect(),
            ..Variant::default()
        })
        .collect();
    reading.title.is_some().then_some(reading)
}

fn digits(prices: &Value) -> u32 {
    prices
        .get("currency_minor_unit")
        .and_then(Value::as_u64)
        .and_then(|digits| u32::try_from(digits).ok())
        .unwrap_or(2)
}

fn amount(prices: &Value, name: &str) -> Option<Amount> {
    Some(Amount {
        value: minor(prices.get(name)?, digits(prices))?,
        currency: prices.get("currency_code").and_then(currency),
    })
}

fn minor(value: &Value, digits: u32) -> Option<Decimal> {
    let units: i64 = as_text(value)?.parse().ok()?;
    Decimal::try_new(units, digits)
        .ok()
        .filter(|value| *value > Decimal::ZERO)
}

/// The variations that a page's own form knows.
pub fn read_form(doc: &Document, page: &Url) -> Option<Reading> {
    let form = doc
        .named("form")
        .find_map(|form| form.value().attr("data-product_variations"))?;
    let value = json::read(form)?;
    let mut reading = Reading::new(Source::Platform, Confidence::Likely);
    reading.variants = value
        .as_array()?
        .iter()
        .take(1000)
        .map(read_variation)
        .collect();
    variant::settle(&mut reading, page);
    (!reading.variants.is_empty()).then_some(reading)
}

fn read_variation(value: &Value) -> Variant {
    let decimal = |name: &str| {
        let value: Decimal = as_text(value.get(name)?)?.parse().ok()?;
        (value > Decimal::ZERO).then_some(Amount {
            value,
            currency: None,
        })
    };
    let price = decimal("display_price");
    Variant {
        options: value
            .get("attributes")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| {
                let name = name
                    .trim_start_matches("attribute_")
                    .trim_start_matches("pa_")
                    .replace(['-', '_'], " ");
                Some((name, as_text(value)?))
            })
            .collect(),
        list_price: decimal("display_regular_price")
            .filter(|list| price.as_ref().is_some_and(|price| list.value > price.value)),
        price,
        availability: value
            .get("is_in_stock")
            .and_then(Value::as_bool)
            .map(|has| {
                let can_wait =
                    value.get("backorders_allowed").and_then(Value::as_bool) == Some(true);
                match (has, can_wait) {
                    (true, _) => Availability::InStock,
                    (false, true) => Availability::BackOrder,
                    (false, false) => Availability::OutOfStock,
                }
            }),
        sku: value.get("sku").and_then(as_text),
        image: value
            .get("image")
            .and_then(|image| image.get("src"))
            .and_then(as_text),
        ..Variant::default()
    }
}
