//! Products found so far.

use crate::address::{same_page, without_tracking};
use crate::platform::{Entry, Platform};
use crate::text::plain::plain;
use std::collections::HashSet;
use url::Url;

/// Characters of a title.
const LONGEST_TITLE: usize = 300;

/// The products behind a link, each once, in the shop's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub products: Vec<Listed>,
    pub way: Way,
    /// `false` if they are those of the collection that the link leads to.
    pub whole_shop: bool,
    /// `false` if there are more than was asked for, or the list broke off.
    pub complete: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub url: Url,
    /// Plain text, where the list tells.
    pub title: Option<String>,
}

/// How a shop told what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Software(Platform),
    Sitemap,
}

/// A listing in the making.
pub(super) struct Gathering {
    /// Where the link led.
    pub link: Url,
    most: usize,
    seen: HashSet<String>,
    products: Vec<Listed>,
    way: Option<Way>,
    whole_shop: bool,
    complete: bool,
    /// There was no room for a product.
    left_out: bool,
}

impl Gathering {
    pub fn new(link: Url, most: usize) -> Self {
        Self {
            link,
            most,
            seen: HashSet::new(),
            products: Vec::new(),
            way: None,
            whole_shop: true,
            complete: false,
            left_out: false,
        }
    }

    /// Says where the products that follow come from.
    pub fn start(&mut self, way: Way, whole_shop: bool) {
        self.way = Some(way);
        self.whole_shop = whole_shop;
        self.complete = false;
    }

    /// Adds what one answer listed, but for products of other sites.
    pub fn add(&mut self, listed: impl IntoIterator<Item = Entry>) {
        for Entry { href, title } in listed {
            let Ok(url) = self.link.join(&href) else {
                continue;
            };
            if !self.is_of_this_shop(&url) {
                continue;
            }
            let key = same_page(&url);
            if self.seen.contains(&key) {
                continue;
            }
            if self.is_full() {
                self.left_out = true;
                break;
            }
            self.seen.insert(key);
            self.products.push(Listed {
                url: without_tracking(&url),
                title: title
                    .map(|title| plain(&title, LONGEST_TITLE))
                    .filter(|title| !title.is_empty()),
            });
        }
    }

    pub fn is_full(&self) -> bool {
        self.products.len() >= self.most
    }

    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// Says that there is nothing after what was added.
    pub fn end(&mut self) {
        self.complete = true;
    }

    /// `None` if nothing was found.
    pub fn finish(self) -> Option<Listing> {
        let way = self.way.filter(|_| !self.products.is_empty())?;
        Some(Listing {
            products: self.products,
            way,
            whole_shop: self.whole_shop,
            complete: self.complete && !self.left_out,
        })
    }

    fn is_of_this_shop(&self, url: &Url) -> bool {
        fn host(url: &Url) -> Option<&str> {
            let host = url.host_str()?;
            Some(host.strip_prefix("www.").unwrap_or(host))
        }
        matches!(url.scheme(), "http" | "https") && host(url) == host(&self.link)
    }
}
