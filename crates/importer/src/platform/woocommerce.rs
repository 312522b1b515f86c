//! WooCommerce: the Store API, for a product, the shop and each category, and the form that a page with variations
//! carries.
//!
//! The API's amounts are texts in minor units with the number of digits beside them; the form's are decimal.

use super::{Entry, ListPage, Software, beside, currency, generator, last_segment, priced};
use crate::document::Document;
use crate::draft::{Amount, Availability, Confidence, Source, Variant};
use crate::json::{self, as_list, as_text};
use crate::reading::Reading;
use crate::variant;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// The Store API's list of products.
const PRODUCTS: &str = "/wp-json/wc/store/v1/products";
/// Products on one page of a list.
const PER_PAGE: usize = 100;

pub(super) struct WooCommerce;

impl Software for WooCommerce {
    fn made(&self, doc: &Document, _url: &Url) -> bool {
        generator(doc).contains("woocommerce") || is_body(doc)
    }

    /// The Store API, asked for the product whose page this is.
    fn product_address(&self, page: &Url) -> Option<Url> {
        let slug = last_segment(page)?.to_owned();
        let mut url = beside(page, PRODUCTS);
        url.query_pairs_mut().append_pair("slug", &slug);
        Some(url)
    }

    fn product(&self, answer: &Value, _page: &Url) -> Option<Reading> {
        read_product(answer)
    }

    fn in_page(&self, doc: &Document, url: &Url) -> Option<Reading> {
        read_form(doc, url)
    }

    fn lists_all(&self, link: &Url) -> bool {
        category(link).is_none()
    }

    fn list_address(&self, link: &Url, number: usize) -> Url {
        let mut url = beside(link, PRODUCTS);
        url.query_pairs_mut()
            .append_pair("per_page", &PER_PAGE.to_string())
            .append_pair("page", &number.to_string())
            .append_pair("_fields", "name,permalink");
        if let Some(category) = category(link) {
            url.query_pairs_mut().append_pair("category", &category);
        }
        url
    }

    fn list(&self, answer: &[u8]) -> Option<ListPage> {
        let products: Vec<Listed> = serde_json::from_slice(answer).ok()?;
        let products = products.into_iter().map(|product| Entry {
            href: product.permalink,
            title: product.name,
        });
        Some(ListPage::numbered(products.collect(), PER_PAGE))
    }
}

#[derive(Deserialize)]
struct Listed {
    permalink: String,
    name: Option<String>,
}

/// The most special category in `/product-category/kitchen/mugs/`. (The word in front can be
/// translated; then the whole shop is listed.)
fn category(link: &Url) -> Option<String> {
    let mut parts = link.path_segments()?;
    parts.find(|part| *part == "product-category")?;
    parts
        .take_while(|part| *part != "page")
        .filter(|part| !part.is_empty())
        .last()
        .map(str::to_owned)
}

/// The page of a product says so on its body.
fn is_body(doc: &Document) -> bool {
    doc.named("body").take(1).any(|body| {
        body.value()
            .classes()
            .any(|class| matches!(class, "woocommerce" | "woocommerce-page" | "single-product"))
    })
}

/// An answer for one product: a list with it, or the product itself.
fn read_product(value: &Value) -> Option<Reading> {
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
fn read_form(doc: &Document, page: &Url) -> Option<Reading> {
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
    let decimal = |name: &str| priced(as_text(value.get(name)?)?.parse().ok()?);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Next;

    #[test]
    fn a_category_is_named_by_its_link() {
        let of = |link: &str| category(&Url::parse(link).unwrap());
        assert_eq!(
            of("https://shop.example/product-category/kitchen/mugs/").as_deref(),
            Some("mugs")
        );
        assert_eq!(
            of("https://shop.example/product-category/mugs/page/2/").as_deref(),
            Some("mugs")
        );
        assert_eq!(of("https://shop.example/shop/"), None);
    }

    #[test]
    fn products_are_listed_with_their_names() {
        let body =
            br#"[{"name":"Cup &amp; saucer","permalink":"https://shop.example/product/cup/"}]"#;
        assert_eq!(
            WooCommerce.list(body),
            Some(ListPage {
                products: vec![Entry {
                    href: "https://shop.example/product/cup/".to_owned(),
                    title: Some("Cup &amp; saucer".to_owned()),
                }],
                next: Next::Nowhere,
            })
        );
        assert_eq!(WooCommerce.list(br#"{"code":"rest_no_route"}"#), None);
    }
}
