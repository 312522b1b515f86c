//! OpenGraph, `product:` and Twitter tags, and the older `<meta name="description">`.

use crate::document::Document;
use crate::draft::{Amount, Confidence, Source};
use crate::reading::Reading;
use crate::text::price::{self, Hints};
use crate::text::{availability, identifier};
use rust_decimal::Decimal;
use url::Url;

/// What this source says: the tags for sharing, and, in doubt, the page's own description.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let hints = Hints::of(url, doc.language().as_deref());
    let tags = Tags::of(doc);
    let mut reading = Reading::new(Source::Meta, Confidence::Sure);
    reading.title = tags.first(&["og:title", "twitter:title"]);
    reading.description = tags.first(&["og:description", "twitter:description"]);
    reading.url = tags.first(&["og:url", "twitter:url"]);
    reading.brand = tags.first(&["product:brand", "og:brand", "product:brand:name"]);
    reading.sku = tags.first(&[
        "product:retailer_item_id",
        "product:sku",
        "og:sku",
        "product:item_group_id",
    ]);
    reading.mpn = tags.first(&["product:mfr_part_no", "product:mpn", "og:mpn"]);
    reading.gtin = [
        "product:ean",
        "product:gtin",
        "product:upc",
        "product:isbn",
        "og:upc",
        "og:ean",
        "og:isbn",
        "book:isbn",
    ]
    .iter()
    .flat_map(|name| tags.all(name))
    .find_map(identifier::gtin);
    reading.category = tags
        .first(&["product:category", "og:category", "product:product_type"])
        .map(|category| {
            category
                .split('>')
                .map(|part| part.trim().to_owned())
                .collect()
        })
        .unwrap_or_default();
    reading.availability = ["product:availability", "og:availability", "availability"]
        .iter()
        .flat_map(|name| tags.all(name))
        .find_map(availability::read);
    read_prices(&tags, hints, &mut reading);
    reading.images = images(&tags);
    let mut fallback = Reading::new(Source::Meta, Confidence::Doubtful);
    fallback.description = tags.first(&["description"]);
    vec![reading, fallback]
}

/// The page's `<meta>` tags, names in lower case, in their order.
struct Tags(Vec<(String, String)>);

impl Tags {
    fn of(doc: &Document) -> Self {
        Self(
            doc.named("meta")
                .take(1000)
                .filter_map(|tag| {
                    let attribute = |name: &str| {
                        tag.value()
                            .attr(name)
                            .map(str::trim)
                            .filter(|value| !value.is_empty())
                    };
                    let name = attribute("property").or_else(|| attribute("name"))?;
                    let content = attribute("content").or_else(|| attribute("value"))?;
                    // `og:product:price:amount` and `product:price:amount` are the same.
                    let name = name.to_ascii_lowercase();
                    let name = name
                        .strip_prefix("og:")
                        .filter(|rest| rest.starts_with("product:"))
                        .unwrap_or(&name);
                    Some((name.to_owned(), content.to_owned()))
                })
                .collect(),
        )
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, content)| content.as_str())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.all(name).next())
            .map(str::to_owned)
    }
}

fn read_prices(tags: &Tags, hints: Hints, reading: &mut Reading) {
    let currency_of = |names: &[&str]| {
        tags.first(names)
            .and_then(|named| price::currency_named(&named, &hints))
    };
    let currency = currency_of(&[
        "product:price:currency",
        "og:price:currency",
        "product:sale_price:currency",
        "currency",
        "pricecurrency",
    ]);
    let hints = currency
        .as_deref()
        .map_or(hints, |currency| hints.currency(currency));
    let amount = |text: &str| {
        // Written for machines, though some write `48,00` or `$48.00` all the same.
        let is_number = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let found = price::read(text, &if is_number { hints.machine() } else { hints })?;
        let currency = found.currency.or_else(|| currency.clone());
        Some(Amount { currency, ..found }).filter(|amount| amount.value > Decimal::ZERO)
    };
    let amounts = |name: &str| tags.all(name).filter_map(amount).collect::<Vec<_>>();
    let regular = [
        amounts("product:price:amount"),
        amounts("og:price:amount"),
        amounts("product:price"),
    ]
    .into_iter()
    .find(|amounts| !amounts.is_empty())
    .unwrap_or_default();
    let sale = amounts("product:sale_price:amount").into_iter().next();
    let original = amounts("product:original_price:amount")
        .into_iter()
        .chain(amounts("og:price:standard_amount"))
        .next();
    reading.price = sale
        .clone()
        .or_else(|| regular.first().cloned())
        .or_else(|| labelled_price(tags, hints));
    reading.list_price = original.or_else(|| sale.and_then(|_| regular.first().cloned()));
    // Three prices for three sizes: a range.
    reading.price_high = regular
        .iter()
        .max_by_key(|amount| amount.value)
        .filter(|high| {
            reading
                .price
                .as_ref()
                .is_some_and(|price| high.value > price.value)
                && reading.list_price.is_none()
        })
        .cloned();
}

/// `twitter:label1` says "Price", and `twitter:data1` how much.
fn labelled_price(tags: &Tags, hints: Hints) -> Option<Amount> {
    ["1", "2"].into_iter().find_map(|number| {
        let data = tags.first(&[&format!("twitter:data{number}")])?;
        let label = tags
            .first(&[&format!("twitter:label{number}")])
            .unwrap_or_default()
            .to_lowercase();
        let found = price::read(&data, &hints)?;
        let is_price = [
            "price", "preis", "prix", "precio", "prezzo", "prijs", "cena", "preço",
        ]
        .iter()
        .any(|word| label.contains(word));
        (is_price && found.value > Decimal::ZERO).then_some(found)
    })
}

/// Pictures for sharing; of an `http:` one and its secure twin, the twin.
fn images(tags: &Tags) -> Vec<String> {
    let mut images: Vec<String> = Vec::new();
    for (name, content) in &tags.0 {
        match name.as_str() {
            "og:image" | "og:image:url" => images.push(content.clone()),
            "og:image:secure_url" => {
                if images
                    .last()
                    .is_some_and(|last| !last.starts_with("https:"))
                {
                    images.pop();
                }
                images.push(content.clone());
            }
            _ => {}
        }
    }
    images.extend(tags.first(&["twitter:image", "twitter:image:src"]));
    images.truncate(60);
    images
}
