//! WooCommerce lists products as JSON, for the shop and for each category.

use super::listing::{Gathering, Way};
use crate::fetch::{FetchError, Fetcher};
use serde::Deserialize;
use url::Url;

const PER_PAGE: usize = 100;
const PAGES: usize = 100;

#[derive(Deserialize)]
struct Product {
    permalink: String,
    name: Option<String>,
}

pub(super) async fn gather(
    fetcher: &Fetcher,
    gathering: &mut Gathering<'_>,
) -> Result<(), FetchError> {
    let category = category(&gathering.link);
    gathering.start(Way::WooCommerce, category.is_none());
    for page in 1..=PAGES {
        if gathering.is_full() {
            break;
        }
        let mut url = gathering.link.clone();
        url.set_fragment(None);
        url.set_path("/wp-json/wc/store/v1/products");
        url.set_query(None);
        url.query_pairs_mut()
            .append_pair("per_page", &PER_PAGE.to_string())
            .append_pair("page", &page.to_string())
            .append_pair("_fields", "name,permalink");
        if let Some(category) = &category {
            url.query_pairs_mut().append_pair("category", category);
        }
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

fn read(body: &[u8]) -> Vec<(String, Option<String>)> {
    let products: Vec<Product> = serde_json::from_slice(body).unwrap_or_default();
    products
        .into_iter()
        .map(|product| (product.permalink, product.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn products_are_read_with_their_names() {
        let body =
            br#"[{"name":"Cup &amp; saucer","permalink":"https://shop.example/product/cup/"}]"#;
        assert_eq!(
            read(body),
            [(
                "https://shop.example/product/cup/".to_owned(),
                Some("Cup &amp; saucer".to_owned())
            )]
        );
        assert_eq!(read(br#"{"code":"rest_no_route"}"#), []);
    }
}
