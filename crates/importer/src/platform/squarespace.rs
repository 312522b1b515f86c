//! Squarespace: each page with `?format=json`, a product's and that of a store, which holds its products.

use super::{Entry, ListPage, Next, Software, currency, in_stock, links_to, settled};
use crate::document::Document;
use crate::draft::{Amount, Confidence, Source, Variant};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

pub(super) struct Squarespace;

impl Software for Squarespace {
    fn made(&self, doc: &Document, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        host.ends_with(".squarespace.com") || links_to(doc, "static1.squarespace.com")
    }

    fn product_address(&self, page: &Url) -> Option<Url> {
        let mut url = page.clone();
        url.set_fragment(None);
        url.set_query(Some("format=json"));
        Some(url)
    }

    fn product(&self, answer: &Value, page: &Url) -> Option<Reading> {
        read_product(answer, page)
    }

    /// A store page's products may be some of the shop's.
    fn lists_all(&self, _link: &Url) -> bool {
        false
    }

    /// The link's own page; the next ones have links of their own.
    fn list_address(&self, link: &Url, _number: usize) -> Url {
        let mut url = link.clone();
        url.set_fragment(None);
        url.query_pairs_mut().append_pair("format", "json");
        url
    }

    /// `None` for another page than a store's.
    fn list(&self, answer: &[u8]) -> Option<ListPage> {
        let page: Page = serde_json::from_slice(answer).ok()?;
        page.collection
            .and_then(|collection| collection.type_name)
            .filter(|name| name.starts_with("products"))?;
        let products = page.items.into_iter().map(|item| Entry {
            href: item.full_url,
            title: item.title,
        });
        let next = page
            .pagination
            .and_then(|pagination| pagination.next_page_url);
        Some(ListPage {
            products: products.collect(),
            next: next.map_or(Next::Nowhere, Next::Link),
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    collection: Option<Collection>,
    #[serde(default)]
    items: Vec<Item>,
    pagination: Option<Pagination>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collection {
    type_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    full_url: String,
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    next_page_url: Option<String>,
}

/// A page as data. A collection's page or an article has no product in it.
fn read_product(value: &Value, page: &Url) -> Option<Reading> {
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
    settled(reading, page)
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
        availability: availability.map(in_stock),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_page_lists_its_products() {
        let body = br#"{"collection":{"typeName":"products"},
            "items":[{"fullUrl":"/shop/p/mug","title":"Mug"}],
            "pagination":{"nextPage":true,"nextPageUrl":"/shop?offset=2"}}"#;
        assert_eq!(
            Squarespace.list(body),
            Some(ListPage {
                products: vec![Entry {
                    href: "/shop/p/mug".to_owned(),
                    title: Some("Mug".to_owned()),
                }],
                next: Next::Link("/shop?offset=2".to_owned()),
            })
        );
    }

    #[test]
    fn other_pages_list_none() {
        let blog = br#"{"collection":{"typeName":"blog"},"items":[{"fullUrl":"/blog/a"}]}"#;
        assert_eq!(Squarespace.list(blog), None);
        assert_eq!(Squarespace.list(b"{}"), None);
    }
}
