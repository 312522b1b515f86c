//! Shop software that has an interface of its own: which one made a page, where it answers, and what it says there.

use crate::document::{Document, script_of};
use crate::json;
use crate::reading::Reading;
use crate::text::currency::Currency;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

mod big_cartel;
mod shopify;
mod squarespace;
mod woocommerce;

pub(crate) use shopify::{is_product as is_shopify_product, read_product as read_shopify_product};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Platform {
    Shopify,
    WooCommerce,
    Squarespace,
    BigCartel,
}

/// Where a shop's software tells a product as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub platform: Platform,
    pub url: Url,
}

/// The address to ask for a page's product, if the page shows which software made it.
#[must_use]
pub fn endpoint(doc: &Document, url: &Url) -> Option<Endpoint> {
    let platform = recognise(doc, url)?;
    let url = match platform {
        Platform::Shopify => shopify::endpoint(url),
        Platform::WooCommerce => woocommerce::endpoint(url),
        Platform::Squarespace => squarespace::endpoint(url),
        Platform::BigCartel => big_cartel::endpoint(url),
    }?;
    Some(Endpoint { platform, url })
}

/// What an endpoint answered, if it is a product.
#[must_use]
pub fn read(platform: Platform, body: &[u8], page: &Url) -> Option<Reading> {
    let value = json::read(std::str::from_utf8(body).ok()?)?;
    match platform {
        Platform::Shopify => shopify::read(&value, page),
        Platform::WooCommerce => woocommerce::read(&value, page),
        Platform::Squarespace => squarespace::read(&value, page),
        Platform::BigCartel => big_cartel::read(&value, page),
    }
}

/// The same for an answer whose software isn't known: somebody pasted the endpoint's own address.
#[must_use]
pub fn read_any(value: &Value, page: &Url) -> Option<Reading> {
    [
        shopify::read,
        woocommerce::read,
        squarespace::read,
        big_cartel::read,
    ]
    .iter()
    .find_map(|read| read(value, page))
}

/// What the software wrote into the page itself.
#[must_use]
pub fn read_page(doc: &Document, url: &Url) -> Vec<Reading> {
    woocommerce::read_form(doc, url).into_iter().collect()
}

/// Which software made this page.
#[must_use]
pub fn recognise(doc: &Document, url: &Url) -> Option<Platform> {
    let generator = doc
        .meta("generator")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let host = url.host_str().unwrap_or_default();
    if host.ends_with(".myshopify.com") || is_shopify(doc) {
        Some(Platform::Shopify)
    } else if generator.contains("woocommerce") || woocommerce::is_body(doc) {
        Some(Platform::WooCommerce)
    } else if host.ends_with(".squarespace.com") || links_to(doc, "static1.squarespace.com") {
        Some(Platform::Squarespace)
    } else if host.ends_with(".bigcartel.com")
        || generator.contains("big cartel")
        || links_to(doc, "assets.bigcartel.com")
    {
        Some(Platform::BigCartel)
    } else {
        None
    }
}

/// Is this a page of a Shopify shop?
#[must_use]
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

fn links_to(doc: &Document, part: &str) -> bool {
    doc.elements()
        .filter(|element| matches!(element.value().name(), "link" | "script" | "img"))
        .take(600)
        .filter_map(|element| {
            element
                .value()
                .attr("href")
                .or_else(|| element.value().attr("src"))
        })
        .any(|address| address.contains(part))
}

/// The last part of an address's path, if it isn't empty.
fn last_segment(url: &Url) -> Option<&str> {
    url.path_segments()?.rfind(|segment| !segment.is_empty())
}

/// A currency's code as data names it, if there is such a currency.
fn currency(value: &Value) -> Option<String> {
    Currency::code(value.as_str()?.trim()).map(|currency| currency.to_string())
}
