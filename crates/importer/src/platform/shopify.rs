//! Shopify: `/products/<handle>.js` and `.json`, and the same objects in theme scripts; `products.json` for the shop
//! and for each collection.
//!
//! Amounts that are numbers are hundredths of the currency's unit, whatever the currency; amounts that are texts are
//! decimal. Neither names the currency: the page does.

use super::{Entry, ListPage, Software, beside, in_stock, links_to, priced, settled};
use crate::document::{Document, script_of};
use crate::draft::{Amount, Confidence, Source, Variant};
use crate::json::{as_list, as_text};
use crate::reading::Reading;
use crate::text::identifier;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// Products on one page of a list. Descriptions are part of the answer, so a full page of 250 can be several megabytes.
const PER_PAGE: usize = 100;

pub(super) struct Shopify;

impl Software for Shopify {
    fn made(&self, doc: &Document, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        host.ends_with(".myshopify.com") || is_shopify(doc)
    }

    /// Next to the page, whatever collection that was reached by.
    fn product_address(&self, page: &Url) -> Option<Url> {
        let segments: Vec<&str> = page.path_segments()?.collect();
        let at = segments
            .iter()
            .rposition(|segment| *segment == "products")?;
        let handle = segments.get(at + 1).filter(|handle| !handle.is_empty())?;
        let handle = handle.trim_end_matches(".json").trim_end_matches(".js");
        Some(beside(page, &format!("/products/{handle}.js")))
    }

    fn product(&self, answer: &Value, page: &Url) -> Option<Reading> {
        let product = answer.get("product").unwrap_or(answer);
        is_product(product)
            .then(|| read_product(product, page))
            .flatten()
    }

    fn lists_all(&self, link: &Url) -> bool {
        collection(link).is_none()
    }

    fn list_address(&self, link: &Url, number: usize) -> Url {
        let path = match collection(link) {
            Some(collection) => format!("/collections/{collection}/products.json"),
            None => "/products.json".into(),
        };
        let mut url = beside(link, &path);
        url.set_query(Some(&format!("limit={PER_PAGE}&page={number}")));
        url
    }

    fn list(&self, answer: &[u8]) -> Option<ListPage> {
        let list: List = serde_json::from_slice(answer).ok()?;
        let products = list.products.into_iter().map(|product| Entry {
            href: format!("/products/{}", product.handle),
            title: product.title,
        });
        Some(ListPage::numbered(products.collect(), PER_PAGE))
    }
}

#[derive(Deserialize)]
struct List {
    products: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    handle: String,
    title: Option<String>,
}

/// The collection's name in `/collections/mugs` and `/en/collections/mugs/blue`. All products are a
/// collection too, but for us they are the shop.
fn collection(link: &Url) -> Option<String> {
    let mut parts = link.path_segments()?;
    parts.find(|part| *part == "collections")?;
    let name = parts
        .next()
        .filter(|name| !name.is_empty() && *name != "all")?;
    Some(name.to_owned())
}

/// Is this a page of a Shopify shop, whatever its address?
pub fn is_shopify(doc: &Document) -> bool {
    links_to(doc, "cdn.shopify.com")
        || links_to(doc, "/cdn/shop/")
        || doc
            .named("script")
            .take(200)
            .filter(|script| script.value().attr("src").is_none())
            .any(|script| {
                let text = script_of(script);
                text.contains("Shopify.shop") || text.contains("ShopifyAnalytics")
            })
}

/// Does an object have what Shopify's products have?
pub fn is_product(value: &Value) -> bool {
    let has_variants = value
        .get("variants")
        .and_then(Value::as_array)
        .and_then(|variants| variants.first())
        .is_some_and(|first| {
            first
                .get("price")
                .is_some_and(|price| price.is_number() || price.is_string())
                && first.get("id").is_some()
        });
    has_variants
        && (value.get("vendor").is_some()
            || value.get("handle").is_some()
            || value.get("body_html").is_some())
}

/// A product object of any of Shopify's interfaces.
pub fn read_product(product: &Value, page: &Url) -> Option<Reading> {
    let mut reading = Reading::new(Source::Platform, Confidence::Sure);
    let find = |name: &str| product.get(name).and_then(as_text);
    let all = product.get("variants").map(as_list).unwrap_or_default();
    reading.title = find("title").or_else(|| title_of_variant(all.first()?));
    reading.description = find("body_html").or_else(|| find("description"));
    reading.brand = find("vendor");
    reading.category = find("product_type")
        .or_else(|| find("type"))
        .into_iter()
        .collect();
    reading.images = product
        .get("images")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|image| {
            image
                .get("src")
                .and_then(as_text)
                .or_else(|| as_text(image))
        })
        .take(60)
        .collect();
    let names: Vec<String> = product
        .get("options")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|option| {
            option
                .get("name")
                .and_then(as_text)
                .or_else(|| as_text(option))
        })
        .collect();
    let variants: Vec<Variant> = all
        .iter()
        .take(1000)
        .map(|value| read_variant(value, &names, page))
        .collect();
    if let [only] = all {
        reading.stock = only
            .get("inventory_quantity")
            .and_then(Value::as_u64)
            .and_then(|count| u32::try_from(count).ok());
    }
    reading.variants = variants;
    settled(reading, page)
}

fn read_variant(value: &Value, names: &[String], page: &Url) -> Variant {
    let find = |name: &str| value.get(name).and_then(as_text);
    let options = ["option1", "option2", "option3"]
        .iter()
        .enumerate()
        .filter_map(|(index, key)| {
            let value = find(key).filter(|value| value != "Default Title")?;
            Some((names.get(index).cloned().unwrap_or_default(), value))
        })
        .collect::<Vec<_>>();
    let options = match find("public_title") {
        Some(title) if options.is_empty() => vec![(String::new(), title)],
        _ => options,
    };
    let url = find("id").map(|id| {
        let mut url = page.clone();
        url.set_query(Some(&format!("variant={id}")));
        url.set_fragment(None);
        url.to_string()
    });
    let price = value.get("price").and_then(amount);
    Variant {
        list_price: value
            .get("compare_at_price")
            .and_then(amount)
            .filter(|list| price.as_ref().is_some_and(|price| list.value > price.value)),
        price,
        availability: value
            .get("available")
            .and_then(Value::as_bool)
            .map(in_stock),
        sku: find("sku"),
        gtin: find("barcode").and_then(|code| identifier::gtin(&code)),
        image: value
            .get("featured_image")
            .and_then(|image| image.get("src").and_then(as_text)),
        url,
        options,
    }
}

/// `Classic Tee - Black / M`, the variant's name, holds the product's.
fn title_of_variant(variant: &Value) -> Option<String> {
    let name = variant.get("name").and_then(as_text)?;
    let own = variant.get("public_title").and_then(as_text);
    let product = own.and_then(|own| name.strip_suffix(&format!(" - {own}")).map(str::to_owned));
    Some(product.unwrap_or(name))
}

fn amount(value: &Value) -> Option<Amount> {
    let value = match value {
        Value::Number(number) => match number.as_i64() {
            Some(hundredths) => Decimal::try_new(hundredths, 2).ok()?,
            None => Decimal::from_scientific(&number.to_string()).ok()?,
        },
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    priced(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Next;

    #[test]
    fn a_collection_is_named_by_its_link() {
        let of = |link: &str| collection(&Url::parse(link).unwrap());
        assert_eq!(
            of("https://shop.example/collections/mugs").as_deref(),
            Some("mugs")
        );
        assert_eq!(
            of("https://shop.example/en/collections/mugs/blue?page=2").as_deref(),
            Some("mugs")
        );
        assert_eq!(of("https://shop.example/collections/all"), None);
        assert_eq!(of("https://shop.example/collections/"), None);
        assert_eq!(of("https://shop.example/"), None);
    }

    #[test]
    fn products_are_listed_with_their_titles() {
        let body =
            br#"{"products":[{"id":1,"handle":"blue-mug","title":"Blue mug"},{"handle":"cup"}]}"#;
        assert_eq!(
            Shopify.list(body),
            Some(ListPage {
                products: vec![
                    Entry {
                        href: "/products/blue-mug".to_owned(),
                        title: Some("Blue mug".to_owned()),
                    },
                    Entry {
                        href: "/products/cup".to_owned(),
                        title: None,
                    },
                ],
                next: Next::Nowhere,
            })
        );
        assert_eq!(Shopify.list(b"<html>"), None);
    }
}
