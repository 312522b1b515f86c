//! Big Cartel: `/product/<name>.js`, and `/products.json` with all of a shop's in one answer. Amounts are decimal; the
//! page names the currency.

use super::{
    Entry, ListPage, Next, Software, beside, generator, in_stock, last_segment, links_to, priced,
};
use crate::document::Document;
use crate::draft::{Amount, Availability, Confidence, Source, Variant};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::variant;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

pub(super) struct BigCartel;

impl Software for BigCartel {
    fn made(&self, doc: &Document, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        host.ends_with(".bigcartel.com")
            || generator(doc).contains("big cartel")
            || links_to(doc, "assets.bigcartel.com")
    }

    fn product_address(&self, page: &Url) -> Option<Url> {
        let name = last_segment(page)?.trim_end_matches(".js").to_owned();
        if !page.path().starts_with("/product/") {
            return None;
        }
        Some(beside(page, &format!("/product/{name}.js")))
    }

    fn product(&self, answer: &Value, page: &Url) -> Option<Reading> {
        read_product(answer, page)
    }

    fn lists_all(&self, _link: &Url) -> bool {
        true
    }

    fn list_address(&self, link: &Url, _number: usize) -> Url {
        beside(link, "/products.json")
    }

    fn list(&self, answer: &[u8]) -> Option<ListPage> {
        let products: Vec<Listed> = serde_json::from_slice(answer).ok()?;
        let products = products.into_iter().map(|product| Entry {
            href: product.url,
            title: product.name,
        });
        Some(ListPage {
            products: products.collect(),
            next: Next::Nowhere,
        })
    }
}

#[derive(Deserialize)]
struct Listed {
    url: String,
    name: Option<String>,
}

/// A product as the software tells it.
fn read_product(value: &Value, page: &Url) -> Option<Reading> {
    value.get("permalink")?;
    let mut reading = Reading::new(Source::Platform, Confidence::Sure);
    let find = |name: &str| value.get(name).and_then(as_text);
    reading.title = find("name");
    reading.description = find("description");
    reading.url = find("url");
    reading.category = value
        .get("categories")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|category| category.get("name").and_then(as_text))
        .take(1)
        .collect();
    reading.images = value
        .get("images")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|image| member(image, &["secure_url", "url"]).and_then(as_text))
        .take(60)
        .collect();
    reading.price = amount(member(value, &["price", "default_price"])?);
    reading.availability = match find("status").as_deref() {
        Some("sold-out") => Some(Availability::OutOfStock),
        Some("coming-soon") => Some(Availability::PreOrder),
        Some("active") => Some(Availability::InStock),
        _ => None,
    };
    let options = value.get("options").map(as_list).unwrap_or_default();
    if options.len() > 1 {
        reading.variants = options
            .iter()
            .take(1000)
            .map(|option| read_option(option, &reading))
            .collect();
        variant::settle(&mut reading, page);
    }
    reading.title.is_some().then_some(reading)
}

fn read_option(option: &Value, product: &Reading) -> Variant {
    Variant {
        options: option
            .get("name")
            .and_then(as_text)
            .map(|name| (String::new(), name))
            .into_iter()
            .collect(),
        price: option
            .get("price")
            .and_then(amount)
            .or_else(|| product.price.clone()),
        availability: option
            .get("sold_out")
            .and_then(Value::as_bool)
            .map(|gone| in_stock(!gone)),
        ..Variant::default()
    }
}

fn amount(value: &Value) -> Option<Amount> {
    priced(as_text(value)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_listed_with_their_names() {
        let body = br#"[{"id":7,"name":"Blue mug","url":"/product/blue-mug"}]"#;
        assert_eq!(
            BigCartel.list(body),
            Some(ListPage {
                products: vec![Entry {
                    href: "/product/blue-mug".to_owned(),
                    title: Some("Blue mug".to_owned()),
                }],
                next: Next::Nowhere,
            })
        );
    }
}
