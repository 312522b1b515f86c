//! Squarespace: the page itself with `?format=json`.

use super::currency;
use crate::draft::{Amount, Availability, Confidence, Source, Variant};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::sources::variant;
use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;

/// The page as data.
pub fn endpoint(page: &Url) -> Option<Url> {
    let mut url = page.clone();
    url.set_fragment(None);
    url.set_query(Some("format=json"));
    Some(url)
}

/// An endpoint's answer. A collection's page or an article has no product in it.
pub fn read(value: &Value, page: &Url) -> Option<Reading> {
    let item = value.get("item")?;
    let content = item.get("structuredContent").unwrap_or(item);
    let all = content
        .get("variants")
        .or_else(|| item.get("variants"))
        .map(as_list)?;
    let mut reading = Reading::new(Source::Platform, Confidence::Sure);
    reading.title = item.get("title").and_then(as_text);
    reading.description = member(content, &["description"])
        .or_else(|| member(item, &["body", "excerpt"]))
        .and_then(as_text);
    reading.url = item.get("fullUrl").and_then(as_text);
    reading.category = item
        .get("categories")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(as_text)
        .take(1)
        .collect();
    reading.images = item
        .get("items")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|image| image.get("assetUrl").and_then(as_text))
        .take(60)
        .collect();
    if reading.images.is_empty() {
        reading.images = item.get("assetUrl").and_then(as_text).into_iter().collect();
    }
    let names: Vec<String> = member(content, &["variantOptions"])
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|option| option.get("name").and_then(as_text))
        .collect();
    reading.variants = all
        .iter()
        .take(1000)
        .map(|value| read_variant(value, &names))
        .collect();
    if let [only] = all {
        reading.stock = member(only, &["stock", "qtyInStock"])
            .filter(|_| only.get("unlimited").and_then(Value::as_bool) != Some(true))
            .and_then(Value::as_u64)
            .and_then(|count| u32::try_from(count).ok());
    }
    variant::settle(&mut reading, page);
    if reading.variants.len() == 1
        && reading
            .variants
            .iter()
            .all(|variant| variant.options.is_empty())
    {
        reading.variants.clear();
    }
    reading.price.is_some().then_some(reading)
}

fn read_variant(value: &Value, names: &[String]) -> Variant {
    let flag = |name: &str| value.get(name).and_then(Value::as_bool);
    let regular = money(value, "priceMoney", "price");
    let sale = money(value, "salePriceMoney", "salePrice").filter(|_| flag("onSale") == Some(true));
    let options = match value.get("attributes").and_then(Value::as_object) {
        Some(attributes) if !attributes.is_empty() => attributes
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), as_text(value)?)))
            .collect(),
        _ => value
            .get("optionValues")
            .map(as_list)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter_map(|(index, option)| {
                let chosen = member(option, &["value"]).map_or_else(|| as_text(option), as_text)?;
                let name = member(option, &["optionName"])
                    .and_then(as_text)
                    .or_else(|| names.get(index).cloned());
                Some((name.unwrap_or_default(), chosen))
            })
            .collect(),
    };
    let stock = member(value, &["stock", "qtyInStock"]).and_then(Value::as_u64);
    let availability = flag("inStock").or_else(|| {
        if flag("unlimited") == Some(true) {
            Some(true)
        } else {
            stock.map(|stock| stock > 0)
        }
    });
    Variant {
        options,
        list_price: sale.as_ref().and(regular.clone()),
        price: sale.or(regular),
        availability: availability.map(|has| {
            if has {
                Availability::InStock
            } else {
                Availability::OutOfStock
            }
        }),
        sku: value.get("sku").and_then(as_text),
        image: value
            .get("image")
            .or_else(|| value.get("mainImage"))
            .and_then(|image| image.get("assetUrl"))
            .and_then(as_text),
        ..Variant::default()
    }
}

/// `priceMoney` is decimal and names its currency; the older `price` is in hundredths.
fn money(value: &Value, decimal: &str, hundredths: &str) -> Option<Amount> {
    let amount = match value.get(decimal) {
        Some(money) => Amount {
            value: as_text(money.get("value")?)?.parse().ok()?,
            currency: money.get("currency").and_then(currency),
        },
        None => Amount {
            value: Decimal::try_new(value.get(hundredths)?.as_i64()?, 2).ok()?,
            currency: None,
        },
    };
    (amount.value > Decimal::ZERO).then_some(amount)
}
