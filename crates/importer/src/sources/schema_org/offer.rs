//! `Offer`, `AggregateOffer` and their many shapes.

use super::{Context, Types, options, text};
use crate::draft::{Amount, Availability};
use crate::json::{as_list, as_text, member};
use crate::text::{availability, identifier, price};
use rust_decimal::Decimal;
use serde_json::Value;

/// Offers of one product that are looked at.
const MOST_OFFERS: usize = 500;

/// One way to buy a product.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    pub price: Option<Amount>,
    /// The dearest of an aggregate.
    pub high: Option<Amount>,
    pub list: Option<Amount>,
    pub availability: Option<Availability>,
    pub stock: Option<u32>,
    pub url: Option<String>,
    pub name: Option<String>,
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub mpn: Option<String>,
    pub image: Option<String>,
    pub options: Vec<(String, String)>,
    /// Sums up others rather than being one.
    pub is_aggregate: bool,
}

/// Every offer of a product. An aggregate comes before the offers it sums up.
pub fn offers_of<'a>(product: &'a Value, context: &Context<'a>) -> Vec<Offer> {
    let mut offers = Vec::new();
    for value in context.values(product, &["offers", "offer"]) {
        collect(value, None, context, &mut offers, 0);
    }
    offers
}

fn collect<'a>(
    value: &'a Value,
    currency: Option<&str>,
    context: &Context<'a>,
    offers: &mut Vec<Offer>,
    depth: usize,
) {
    if offers.len() >= MOST_OFFERS || depth > 3 || !value.is_object() {
        return;
    }
    let own = own_currency(value, context);
    let currency = own.as_deref().or(currency);
    offers.push(read(value, currency, context));
    for inner in context.values(value, &["offers", "offer"]) {
        collect(inner, currency, context, offers, depth + 1);
    }
}

/// The currency that an offer names for itself or for its price.
pub fn own_currency<'a>(offer: &'a Value, context: &Context<'a>) -> Option<String> {
    member(offer, &["priceCurrency", "currency", "pricecurrency"])
        .or_else(|| {
            context
                .values(offer, &["priceSpecification"])
                .find_map(|specification| member(specification, &["priceCurrency"]))
        })
        .and_then(as_text)
        .and_then(|named| price::currency_named(&named, &context.hints))
}

/// One offer, without those it sums up.
pub fn read<'a>(value: &'a Value, currency: Option<&str>, context: &Context<'a>) -> Offer {
    let own = own_currency(value, context);
    let currency = own.as_deref().or(currency);
    let is_aggregate =
        Types::of(value).is(&["aggregateoffer", "offeraggregate", "offer-aggregate"])
            || member(value, &["lowPrice"]).is_some();
    let read_amount =
        |names: &[&str]| member(value, names).and_then(|found| amount(found, currency, context));
    let mut offer = Offer {
        price: read_amount(&["price", "lowPrice", "salePrice"]),
        high: read_amount(&["highPrice"]),
        availability: member(value, &["availability"]).and_then(availability_of),
        stock: member(value, &["inventoryLevel"]).and_then(count),
        url: member(value, &["url", "@id"]).and_then(as_text),
        name: member(value, &["name"]).and_then(|name| text(name, 0)),
        sku: member(value, &["sku"]).and_then(as_text),
        gtin: gtin_of(value),
        mpn: member(value, &["mpn"]).and_then(as_text),
        image: images_of(value, context).into_iter().next(),
        is_aggregate,
        ..Offer::default()
    };
    for specification in context.values(value, &["priceSpecification"]) {
        read_specification(specification, currency, context, &mut offer);
    }
    if let Some(item) = context
        .values(value, &["itemOffered"])
        .find(|item| item.is_object())
    {
        let inner = options::of(item);
        offer.options.extend(inner);
        offer.name = offer
            .name
            .or_else(|| member(item, &["name"]).and_then(|name| text(name, 0)));
        offer.sku = offer
            .sku
            .or_else(|| member(item, &["sku"]).and_then(as_text));
        offer.gtin = offer.gtin.or_else(|| gtin_of(item));
        offer.url = offer
            .url
            .or_else(|| member(item, &["url"]).and_then(as_text));
    }
    offer
}

/// `priceSpecification`: the price, a crossed-out one, or one for a kilogram.
fn read_specification<'a>(
    value: &'a Value,
    currency: Option<&str>,
    context: &Context<'a>,
    offer: &mut Offer,
) {
    let Some(found) = member(value, &["price", "minPrice"]).and_then(|found| {
        let own = own_currency(value, context);
        amount(found, own.as_deref().or(currency), context)
    }) else {
        return;
    };
    let kind = member(value, &["priceType", "name"])
        .and_then(as_text)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_list = [
        "list",
        "strikethrough",
        "srp",
        "msrp",
        "regular",
        "suggested",
        "original",
    ]
    .iter()
    .any(|word| kind.contains(word));
    let is_per_unit = member(value, &["referenceQuantity"]).is_some_and(|quantity| {
        let one = member(quantity, &["value"]).and_then(as_text);
        let unit = member(quantity, &["unitCode", "unitText"])
            .and_then(as_text)
            .unwrap_or_default();
        !(one.as_deref() == Some("1")
            && matches!(unit.as_str(), "C62" | "EA" | "H87" | "NMP" | "PCE" | ""))
    });
    if is_list {
        offer.list = offer.list.take().or(Some(found));
    } else if !is_per_unit {
        offer.price = offer.price.take().or(Some(found));
    }
}

/// A price as data has it. Zero means "unknown" far more often than "free".
pub fn amount(value: &Value, currency: Option<&str>, context: &Context<'_>) -> Option<Amount> {
    let hints = match currency {
        Some(currency) => context.hints.currency(currency),
        None => context.hints,
    };
    let found = match value {
        Value::Number(number) => price::read(&number.to_string(), &hints.machine()).or_else(|| {
            Decimal::from_scientific(&number.to_string())
                .ok()
                .map(|value| Amount {
                    value,
                    currency: None,
                })
        }),
        Value::String(text) if is_plain_number(text) => price::read(text.trim(), &hints.machine()),
        Value::String(text) => price::read(&crate::text::plain::plain(text, 200), &hints),
        Value::Array(values) => values
            .iter()
            .find_map(|value| amount(value, currency, context)),
        Value::Object(_) => member(value, &["@value", "price", "value", "amount", "minPrice"])
            .filter(|inner| !inner.is_object())
            .and_then(|inner| amount(inner, currency, context)),
        _ => None,
    }?;
    let currency = found.currency.or_else(|| currency.map(str::to_owned));
    Some(Amount {
        value: round(found.value),
        currency,
    })
    .filter(|amount| amount.value > Decimal::ZERO)
}

/// Data computed with tax often has more places than money has; three are real somewhere.
fn round(value: Decimal) -> Decimal {
    if value.scale() > 3 {
        value.round_dp(2)
    } else {
        value
    }
}

fn is_plain_number(text: &str) -> bool {
    let text = text.trim();
    let dots = text.bytes().filter(|byte| *byte == b'.').count();
    dots <= 1
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// schema.org's word, or prose in its place.
pub fn availability_of(value: &Value) -> Option<Availability> {
    match value {
        Value::Bool(true) => Some(Availability::InStock),
        Value::Bool(false) => Some(Availability::OutOfStock),
        Value::Object(_) => {
            member(value, &["@id", "name", "url", "@value"]).and_then(availability_of)
        }
        Value::Array(values) => values.iter().find_map(availability_of),
        Value::String(text) => availability::read(text),
        _ => None,
    }
}

fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Object(_) => member(value, &["value"]).and_then(count),
        other => as_text(other)?.parse().ok(),
    }
}

/// Where in a thing its world-wide number can stand, best first.
pub fn gtin_of(value: &Value) -> Option<String> {
    const NAMES: [&str; 10] = [
        "gtin13",
        "gtin",
        "gtin14",
        "gtin12",
        "gtin8",
        "ean",
        "isbn",
        "upc",
        "barcode",
        "productID",
    ];
    NAMES.iter().find_map(|name| {
        member(value, &[name])
            .map(as_list)
            .unwrap_or_default()
            .iter()
            .filter_map(as_text)
            .find_map(|found| identifier::gtin(&found))
    })
}

/// Pictures as written: texts, `ImageObject`s, or references.
pub fn images_of<'a>(value: &'a Value, context: &Context<'a>) -> Vec<String> {
    context
        .values(value, &["image", "images", "photo"])
        .filter_map(|image| match image {
            Value::Object(_) => {
                member(image, &["contentUrl", "url", "src", "@id"]).and_then(as_text)
            }
            other => as_text(other),
        })
        .take(100)
        .collect()
}
