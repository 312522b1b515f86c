//! What whoever runs the market can set.

use std::num::NonZeroU32;
use std::time::Duration;

/// How the fetcher behaves. The defaults are made for real shops.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The product's name in the user agent, a word without spaces.
    pub product: String,
    /// Where a shop reads who is asking and how to say no. An address of a page.
    pub contact: Option<String>,
    /// The languages asked for, as in `Accept-Language`.
    pub languages: String,
    /// Ports that may be asked besides 80 and 443.
    pub more_ports: Vec<u16>,
    pub limits: Limits,
    /// How often one host is asked for pages and data.
    pub pages: Pace,
    /// How often one host is asked for pictures. They mostly come from servers made for that.
    pub images: Pace,
}

/// What one request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first look-up of a name to the last byte, redirects included. Waiting for a host's turn
    /// does not count.
    pub time: Duration,
    /// Bytes of a page, decompressed.
    pub page: usize,
    /// Bytes of a picture.
    pub image: usize,
    /// Bytes of a product list or a sitemap, decompressed.
    pub list: usize,
    /// How many redirects are followed.
    pub redirects: usize,
}

/// At first `burst` requests at once, then one `every` so often.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub burst: NonZeroU32,
    pub every: Duration,
}

const MEBIBYTE: usize = 1024 * 1024;

impl Default for Settings {
    fn default() -> Self {
        Self {
            product: "Shelfshare".into(),
            contact: None,
            languages: "en,*;q=0.5".into(),
            more_ports: Vec::new(),
            limits: Limits::default(),
            pages: Pace::new(NonZeroU32::MIN.saturating_add(3), Duration::from_secs(1)),
            images: Pace::new(
                NonZeroU32::MIN.saturating_add(11),
                Duration::from_millis(200),
            ),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            page: 2 * MEBIBYTE,
            image: 8 * MEBIBYTE,
            list: 8 * MEBIBYTE,
            redirects: 3,
        }
    }
}

impl Pace {
    pub const fn new(burst: NonZeroU32, every: Duration) -> Self {
        Self { burst, every }
    }
}

impl Settings {
    /// `Mozilla/5.0 (compatible; Shelfshare/0.1.0; +https://market.example/about)`: the form in which
    /// visitors that are not browsers introduce themselves.
    pub(super) fn user_agent(&self) -> String {
        let product = &self.product;
        let version = env!("CARGO_PKG_VERSION");
        match &self.contact {
            Some(contact) => format!("Mozilla/5.0 (compatible; {product}/{version}; +{contact})"),
            None => format!("Mozilla/5.0 (compatible; {product}/{version})"),
        }
    }
}
