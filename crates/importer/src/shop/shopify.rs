//! Shopify lists products as JSON, for the shop and for each collection.

use super::listing::{Gathering, Way};
use crate::fetch::{FetchError, Fetcher};
use serde::Deserialize;
use url::Url;

/// Descriptions are part of the answer, so a full page of 250 can be several megabytes.
const PER_PAGE: usize = 100;
const PAGES: usize = 100;

#[derive(Deserialize)]
struct Page {
    products: Vec<Product>,
}

#[derive(Deserialize)]
struct Product {
    handle: String,
    title: Option<String>,
}

pub(super) async fn gather(
    fetcher: &Fetcher,
    gathering: &mut Gathering<'_>,
) -> Result<(), FetchError> {
    let collection = collection(&gathering.link);
    gathering.start(Way::Shopify, collection.is_none());
    for page in 1..=PAGES {
        if gathering.is_full() {
            break;
        }
        let mut url = gathering.link.clone();
        url.set_fragment(None);
        url.set_path(&match &collection {
            Some(collection) => format!("/collections/{collection}/products.json"),
            None => "/products.json".into(),
        });
        url.set_query(Some(&format!("limit={PER_PAGE}&page={page}")));
        let products = read(&fetcher.list(&url).await?.page.bytes);
        let last = products.len() < PER_PAGE;
        gathering.add(products);
        if last {
            gathering.end();
            break;
        }
    }
    Ok(())
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

fn read(body: &[u8]) -> Vec<(String, Option<String>)> {
    let page = serde_json::from_slice(body).unwrap_or(Page {
        products: Vec::new(),
    });
    page.products
        .into_iter()
        .map(|product| (format!("/products/{}", product.handle), product.title))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn products_are_read_with_their_titles() {
        let body =
            br#"{"products":[{"id":1,"handle":"blue-mug","title":"Blue mug"},{"handle":"cup"}]}"#;
        assert_eq!(
            read(body),
            [
                ("/products/blue-mug".to_owned(), Some("Blue mug".to_owned())),
                ("/products/cup".to_owned(), None),
            ]
        );
        assert_eq!(read(b"<html>"), []);
    }
}
