//! Big Cartel lists all of a shop's products in one answer.

use super::listing::{Gathering, Way};
use crate::fetch::{FetchError, Fetcher};
use serde::Deserialize;

#[derive(Deserialize)]
struct Product {
    url: String,
    name: Option<String>,
}

pub(super) async fn gather(
    fetcher: &Fetcher,
    gathering: &mut Gathering<'_>,
) -> Result<(), FetchError> {
    gathering.start(Way::BigCartel, true);
    let mut url = gathering.link.clone();
    url.set_fragment(None);
    url.set_query(None);
    url.set_path("/products.json");
    gathering.add(read(&fetcher.list(&url).await?.page.bytes));
    if !gathering.is_full() {
        gathering.end();
    }
    Ok(())
}

fn read(body: &[u8]) -> Vec<(String, Option<String>)> {
    let products: Vec<Product> = serde_json::from_slice(body).unwrap_or_default();
    products
        .into_iter()
        .map(|product| (product.url, product.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_read_with_their_names() {
        let body = br#"[{"id":7,"name":"Blue mug","url":"/product/blue-mug"}]"#;
        assert_eq!(
            read(body),
            [("/product/blue-mug".to_owned(), Some("Blue mug".to_owned()))]
        );
        assert_eq!(read(b"[]"), []);
    }
}
