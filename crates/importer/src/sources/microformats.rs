//! Microformats: `h-product` and the older `hproduct`, both of them class names.

use super::picture;
use crate::document::{Document, html_up_to, text_up_to};
use crate::draft::{Confidence, Source};
use crate::reading::Reading;
use crate::text::identifier;
use crate::text::price::{self, Hints};
use rust_decimal::Decimal;
use scraper::ElementRef;
use url::Url;

/// What this source says.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let hints = Hints::of(url, doc.language().as_deref());
    doc.elements()
        .filter(|element| has_class(*element, &["h-product", "hproduct"]))
        .take(50)
        .map(|product| read_product(product, &hints))
        .collect()
}

fn has_class(element: ElementRef<'_>, names: &[&str]) -> bool {
    element
        .value()
        .classes()
        .any(|class| names.contains(&class))
}

fn read_product(product: ElementRef<'_>, hints: &Hints) -> Reading {
    let mut reading = Reading::new(Source::Microformats, Confidence::Likely);
    // In the old format any class is a property, so only the names that mean something are taken.
    let is_new = has_class(product, &["h-product"]);
    for element in product.descendent_elements().skip(1).take(3000) {
        let is = |new: &[&str], old: &[&str]| has_class(element, if is_new { new } else { old });
        let text = || Some(text_up_to(element, 20_000)).filter(|text| !text.is_empty());
        let address = |name: &str| element.value().attr(name).map(str::to_owned);
        if is(&["p-name"], &["fn"]) {
            reading.title = reading.title.or_else(text);
        } else if is(&["e-description", "p-description"], &["description"]) {
            reading.description = reading
                .description
                .or_else(|| Some(html_up_to(element, 40_000)));
        } else if is(&["u-photo"], &["photo"]) {
            reading
                .images
                .extend(picture::address_of(element).or_else(|| address("href")));
        } else if is(&["p-brand"], &["brand"]) {
            reading.brand = reading.brand.or_else(text);
        } else if is(&["p-price"], &["price"]) {
            let value = address("value").or_else(text);
            reading.price = reading
                .price
                .or_else(|| price::read(&value?, hints))
                .filter(|amount| amount.value > Decimal::ZERO);
        } else if is(&["p-category"], &["category"]) {
            reading.category.extend(text());
        } else if is(&["u-identifier", "p-identifier"], &["identifier", "sku"]) {
            reading.gtin = reading.gtin.or_else(|| identifier::gtin(&text()?));
            reading.sku = reading.sku.or_else(|| identifier::sku(&text()?));
        } else if is(&["u-url"], &["url"]) {
            reading.url = reading.url.or_else(|| address("href"));
        }
    }
    reading
}
