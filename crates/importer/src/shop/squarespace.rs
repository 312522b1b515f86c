//! Squarespace shows each of its pages as JSON too. A page of a store holds its products.

use super::listing::{Gathering, Way};
use crate::fetch::{FetchError, Fetcher};
use serde::Deserialize;

const PAGES: usize = 100;

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

/// Adds nothing if the link's page is not a store page; then the sitemap tells.
pub(super) async fn gather(
    fetcher: &Fetcher,
    gathering: &mut Gathering<'_>,
) -> Result<(), FetchError> {
    gathering.start(Way::Squarespace, false);
    let mut next = Some(gathering.link.clone());
    for _ in 0..PAGES {
        let Some(mut url) = next.take() else { break };
        url.set_fragment(None);
        url.query_pairs_mut().append_pair("format", "json");
        let Some((products, further)) = read(&fetcher.list(&url).await?.page.bytes) else {
            break;
        };
        gathering.add(products);
        next = further.and_then(|further| gathering.link.join(&further).ok());
        if next.is_none() {
            gathering.end();
        }
        if gathering.is_full() {
            break;
        }
    }
    Ok(())
}

/// The products of a store page, and where the next ones are. `None` for another kind of page.
#[expect(
    clippy::type_complexity,
    reason = "a list of addresses with titles, and the next address"
)]
fn read(body: &[u8]) -> Option<(Vec<(String, Option<String>)>, Option<String>)> {
    let page: Page = serde_json::from_slice(body).ok()?;
    page.collection
        .and_then(|collection| collection.type_name)
        .filter(|name| name.starts_with("products"))?;
    let products = page.items.into_iter();
    let products = products.map(|item| (item.full_url, item.title)).collect();
    let next = page
        .pagination
        .and_then(|pagination| pagination.next_page_url);
    Some((products, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_page_lists_its_products() {
        let body = br#"{"collection":{"typeName":"products"},
            "items":[{"fullUrl":"/shop/p/mug","title":"Mug"}],
            "pagination":{"nextPage":true,"nextPageUrl":"/shop?offset=2"}}"#;
        let (products, next) = read(body).unwrap();
        assert_eq!(
            products,
            [("/shop/p/mug".to_owned(), Some("Mug".to_owned()))]
        );
        assert_eq!(next.as_deref(), Some("/shop?offset=2"));
    }

    #[test]
    fn other_pages_list_none() {
        let blog = br#"{"collection":{"typeName":"blog"},"items":[{"fullUrl":"/blog/a"}]}"#;
        assert!(read(blog).is_none());
        assert!(read(b"{}").is_none());
    }
}
