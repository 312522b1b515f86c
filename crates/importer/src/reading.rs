//! What one source says about one product, before anything is weighed.

use crate::draft::{Amount, Availability, Confidence, Source, Variant};

/// One source's view of one product on the page. A page can have many: the product, its variants, things that are
/// "often bought together".
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub source: Source,
    /// How far this reading as a whole can be trusted; `Sure` for a product's own markup.
    pub confidence: Confidence,
    /// Shown beside the page's product, as a similar one or in a list. Tells a category from a product.
    pub related: bool,
    /// The page this says it is about, as written.
    pub url: Option<String>,
    /// Plain text, as written; the weighing cleans it.
    pub title: Option<String>,
    /// HTML or text, as written; the weighing cleans it.
    pub description: Option<String>,
    pub price: Option<Amount>,
    /// The dearest of a range that begins at `price`.
    pub price_high: Option<Amount>,
    pub list_price: Option<Amount>,
    pub availability: Option<Availability>,
    pub stock: Option<u32>,
    /// As written, best first; the weighing makes them absolute.
    pub images: Vec<String>,
    pub brand: Option<String>,
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub mpn: Option<String>,
    /// From the general to the special.
    pub category: Vec<String>,
    pub variants: Vec<Variant>,
}

impl Reading {
    #[must_use]
    pub fn new(source: Source, confidence: Confidence) -> Self {
        Self {
            source,
            confidence,
            related: false,
            url: None,
            title: None,
            description: None,
            price: None,
            price_high: None,
            list_price: None,
            availability: None,
            stock: None,
            images: Vec::new(),
            brand: None,
            sku: None,
            gtin: None,
            mpn: None,
            category: Vec::new(),
            variants: Vec::new(),
        }
    }
}
