//! Shop software that has an interface of its own, a file for each: how its pages are recognised, where it tells what,
//! and how its answers are read. Nothing here asks anybody; who does takes addresses from here and brings answers back.

use crate::document::Document;
use crate::draft::{Amount, Availability};
use crate::json;
use crate::reading::Reading;
use crate::text::currency::Currency;
use crate::variant;
use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;

mod big_cartel;
mod shopify;
mod squarespace;
mod woocommerce;

pub(crate) use shopify::{
    is_product as is_shopify_product, is_shopify, read_product as read_shopify_product,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// What there is to know about one shop software.
pub(crate) trait Software: Sync {
    /// Does the page show that this software made it?
    fn made(&self, doc: &Document, url: &Url) -> bool;

    /// The address to ask for the product of a page.
    fn product_address(&self, page: &Url) -> Option<Url>;

    /// The product in the answer, if there is one.
    fn product(&self, answer: &Value, page: &Url) -> Option<Reading>;

    /// What the software wrote of a product into its page.
    fn in_page(&self, _doc: &Document, _url: &Url) -> Option<Reading> {
        None
    }

    /// Are the products behind a link all that the shop has? Else they are those of one collection.
    fn lists_all(&self, link: &Url) -> bool;

    /// The address to ask for the products behind a link, from page 1 on.
    fn list_address(&self, link: &Url, number: usize) -> Url;

    /// One page of the list. `None` if the answer is something else.
    fn list(&self, answer: &[u8]) -> Option<ListPage>;
}

/// One of the answers that make up a list of products.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ListPage {
    pub products: Vec<Entry>,
    pub next: Next,
}

/// A product as a list names it, as written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its page, relative to the shop's.
    pub href: String,
    pub title: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Nowhere,
    /// At the page with the next number.
    Number,
    /// At another link, as written.
    Link(String),
}

impl ListPage {
    /// A page of a list that has `full` products on each page but the last.
    fn numbered(products: Vec<Entry>, full: usize) -> Self {
        let next = if products.len() < full {
            Next::Nowhere
        } else {
            Next::Number
        };
        Self { products, next }
    }
}

impl Platform {
    /// In the order in which pages are recognised.
    const ALL: [Self; 4] = [
        Self::Shopify,
        Self::WooCommerce,
        Self::Squarespace,
        Self::BigCartel,
    ];

    /// Which software made this page.
    pub(crate) fn of(doc: &Document, url: &Url) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|platform| platform.software().made(doc, url))
    }

    /// What an endpoint answered, if it is a product.
    pub(crate) fn read(self, answer: &[u8], page: &Url) -> Option<Reading> {
        let value = json::read(std::str::from_utf8(answer).ok()?)?;
        self.software().product(&value, page)
    }

    pub(crate) fn software(self) -> &'static dyn Software {
        match self {
            Self::Shopify => &shopify::Shopify,
            Self::WooCommerce => &woocommerce::WooCommerce,
            Self::Squarespace => &squarespace::Squarespace,
            Self::BigCartel => &big_cartel::BigCartel,
        }
    }
}

/// The address to ask for a page's product, if the page shows which software made it.
#[must_use]
pub fn endpoint(doc: &Document, url: &Url) -> Option<Endpoint> {
    let platform = Platform::of(doc, url)?;
    let url = platform.software().product_address(url)?;
    Some(Endpoint { platform, url })
}

/// An endpoint's answer whose software isn't known: somebody pasted the endpoint's own address.
pub(crate) fn read_any(answer: &Value, page: &Url) -> Option<Reading> {
    Platform::ALL
        .iter()
        .find_map(|platform| platform.software().product(answer, page))
}

/// What shop software wrote into the page itself.
pub(crate) fn read_page(doc: &Document, url: &Url) -> Vec<Reading> {
    Platform::ALL
        .iter()
        .filter_map(|platform| platform.software().in_page(doc, url))
        .collect()
}

/// What the page says that it was made with, in lower case.
fn generator(doc: &Document) -> String {
    doc.meta("generator")
        .unwrap_or_default()
        .to_ascii_lowercase()
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

/// Another path of the same shop.
fn beside(page: &Url, path: &str) -> Url {
    let mut url = page.clone();
    url.set_path(path);
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// The last part of an address's path, if it isn't empty.
fn last_segment(url: &Url) -> Option<&str> {
    url.path_segments()?.rfind(|segment| !segment.is_empty())
}

/// A currency's code as data names it, if there is such a currency.
fn currency(value: &Value) -> Option<String> {
    Currency::code(value.as_str()?.trim()).map(|currency| currency.to_string())
}

/// An amount in the page's currency. Nothing costs nothing.
fn priced(value: Decimal) -> Option<Amount> {
    (value > Decimal::ZERO).then_some(Amount {
        value,
        currency: None,
    })
}

/// A product whose variants are all read, if it has a price. One without choices is its only variant.
fn settled(mut reading: Reading, page: &Url) -> Option<Reading> {
    variant::settle(&mut reading, page);
    if let [only] = reading.variants.as_slice()
        && only.options.is_empty()
    {
        reading.variants.clear();
    }
    reading.price.is_some().then_some(reading)
}

fn in_stock(has: bool) -> Availability {
    if has {
        Availability::InStock
    } else {
        Availability::OutOfStock
    }
}
