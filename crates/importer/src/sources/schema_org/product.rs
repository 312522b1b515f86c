//! `Product`, `ProductGroup` and whatever else is sold.

use super::offer::{self, Offer};
use super::{Context, options, text};
use crate::draft::{Amount, Availability, Confidence, Variant};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::text::price;
use crate::variant;
use serde_json::Value;

/// A product's own reading.
pub fn read<'a>(value: &'a Value, context: &Context<'a>, confidence: Confidence) -> Reading {
    let mut reading = Reading::new(context.source, confidence);
    let find = |names: &[&str]| member(value, names).and_then(|found| text(found, 0));
    reading.url = member(value, &["url", "mainEntityOfPage", "@id"])
        .and_then(|found| match found {
            Value::Object(_) => member(found, &["@id", "url"]).and_then(as_text),
            other => as_text(other),
        })
        .filter(|url| !url.starts_with('#'));
    reading.title = find(&["name", "title", "headline"]);
    reading.description = find(&["description", "disambiguatingDescription"]);
    reading.brand = find(&["brand"]).or_else(|| find(&["manufacturer"]));
    reading.sku = find(&["sku"])
        .or_else(|| find(&["productID"]))
        .map(without_scheme)
        .or_else(|| find(&["productGroupID"]));
    reading.gtin = offer::gtin_of(value);
    reading.mpn = find(&["mpn"]);
    reading.category = member(value, &["category"])
        .map(category_of)
        .unwrap_or_default();
    reading.images = offer::images_of(value, context);

    let offers = offer::offers_of(value, context);
    let variants: Vec<Variant> = variants_of(value, &offers, context);
    let of_group = offers.iter().find(|offer| offer.is_aggregate);
    let single = offers
        .iter()
        .filter(|offer| !offer.is_aggregate)
        .collect::<Vec<_>>();

    if let [offer] = single.as_slice() {
        reading.sku = reading.sku.take().or_else(|| offer.sku.clone());
        reading.gtin = reading.gtin.take().or_else(|| offer.gtin.clone());
        reading.mpn = reading.mpn.take().or_else(|| offer.mpn.clone());
        reading.url = reading.url.take().or_else(|| offer.url.clone());
    }
    if let Some(first) = single.iter().find(|offer| offer.price.is_some()) {
        let chosen = single
            .iter()
            .find(|offer| {
                offer.price.is_some()
                    && offer.availability.is_some_and(Availability::can_be_ordered)
            })
            .unwrap_or(first);
        reading.price = chosen.price.clone();
        reading.list_price = chosen.list.clone();
    }
    if let Some(group) = of_group {
        reading.price = group.price.clone().or(reading.price);
        reading.price_high = group.high.clone();
        reading.list_price = reading.list_price.or_else(|| group.list.clone());
    }
    reading.price = reading.price.or_else(|| {
        // Some write the price on the product itself.
        let currency = member(value, &["priceCurrency", "currency"])
            .and_then(as_text)
            .and_then(|named| price::currency_named(&named, &context.hints));
        member(value, &["price"])
            .and_then(|found| offer::amount(found, currency.as_deref(), context))
    });
    reading.availability = availability_of(&offers)
        .or_else(|| member(value, &["availability"]).and_then(offer::availability_of));
    reading.stock = single.iter().find_map(|offer| offer.stock);
    reading.variants = variants;
    variant::settle(&mut reading, context.url);
    reading
}

/// An offer that stands alone: what it offers is the product, or it is all there is.
pub fn read_offer<'a>(value: &'a Value, context: &Context<'a>) -> Option<Reading> {
    let offer = offer::read(value, None, context);
    let mut reading = match context
        .values(value, &["itemOffered"])
        .find(|item| item.is_object())
    {
        Some(item) => read(item, context, Confidence::Sure),
        None => Reading::new(context.source, Confidence::Likely),
    };
    reading.url = reading.url.or(offer.url);
    reading.price = offer.price.or(reading.price);
    reading.list_price = offer.list.or(reading.list_price);
    reading.price_high = offer.high.or(reading.price_high);
    reading.availability = offer.availability.or(reading.availability);
    reading.sku = reading.sku.or(offer.sku);
    reading.gtin = reading.gtin.or(offer.gtin);
    reading.mpn = reading.mpn.or(offer.mpn);
    (reading.price.is_some() || reading.title.is_some()).then_some(reading)
}

/// `sku:123`, `mpn:123`: the number without what it is.
fn without_scheme(identifier: String) -> String {
    match identifier.split_once(':') {
        Some((scheme, number))
            if scheme.len() < 8 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            number.trim().to_owned()
        }
        _ => identifier,
    }
}

/// In stock if one of them is, sold out if all that say anything are.
fn availability_of(offers: &[Offer]) -> Option<Availability> {
    let stated: Vec<Availability> = offers
        .iter()
        .filter_map(|offer| offer.availability)
        .collect();
    stated
        .iter()
        .copied()
        .find(|stated| *stated == Availability::InStock)
        .or_else(|| {
            stated
                .iter()
                .copied()
                .find(|stated| stated.can_be_ordered())
        })
        .or_else(|| stated.first().copied())
}

/// `A > B > C`, `A/B/C`, a list, or a thing with a name.
fn category_of(value: &Value) -> Vec<String> {
    let names: Vec<String> = as_list(value)
        .iter()
        .filter_map(|value| text(value, 0))
        .collect();
    match names.as_slice() {
        [single] => {
            let separator = [" > ", ">", " / ", "/", " | "]
                .into_iter()
                .find(|separator| single.contains(separator));
            match separator {
                Some(separator) => single
                    .split(separator)
                    .map(|part| part.trim().to_owned())
                    .collect(),
                None => names,
            }
        }
        _ => names,
    }
}

/// The variants of a group, or the offers of a product that differ.
fn variants_of<'a>(value: &'a Value, offers: &[Offer], context: &Context<'a>) -> Vec<Variant> {
    let of_group: Vec<Variant> = context
        .values(value, &["hasVariant", "variants"])
        .filter(|variant| variant.is_object())
        .take(1000)
        .map(|variant| variant_of(variant, context))
        .collect();
    if !of_group.is_empty() {
        return of_group;
    }
    let single: Vec<&Offer> = offers.iter().filter(|offer| !offer.is_aggregate).collect();
    let differ = single.windows(2).any(|pair| match pair {
        [one, other] => one.sku != other.sku || one.url != other.url || one.name != other.name,
        _ => false,
    });
    if single.len() < 2 || !differ {
        return Vec::new();
    }
    single
        .into_iter()
        .map(|offer| Variant {
            options: match (&offer.name, offer.options.is_empty()) {
                (Some(name), true) => vec![(String::new(), name.clone())],
                _ => offer.options.clone(),
            },
            price: offer.price.clone(),
            list_price: offer.list.clone(),
            availability: offer.availability,
            sku: offer.sku.clone(),
            gtin: offer.gtin.clone(),
            image: offer.image.clone(),
            url: offer.url.clone(),
        })
        .collect()
}

fn variant_of<'a>(value: &'a Value, context: &Context<'a>) -> Variant {
    let offers = offer::offers_of(value, context);
    let first = |pick: fn(&Offer) -> Option<Amount>| offers.iter().find_map(pick);
    let mut options = options::of(value);
    if options.is_empty()
        && let Some(name) = member(value, &["name"]).and_then(|name| text(name, 0))
    {
        options.push((String::new(), name));
    }
    Variant {
        options,
        price: first(|offer| offer.price.clone()),
        list_price: first(|offer| offer.list.clone()),
        availability: availability_of(&offers),
        sku: member(value, &["sku", "productID"])
            .and_then(as_text)
            .or_else(|| offers.iter().find_map(|offer| offer.sku.clone())),
        gtin: offer::gtin_of(value).or_else(|| offers.iter().find_map(|offer| offer.gtin.clone())),
        image: offer::images_of(value, context).into_iter().next(),
        url: member(value, &["url", "@id"])
            .and_then(as_text)
            .or_else(|| offers.iter().find_map(|offer| offer.url.clone())),
    }
}
