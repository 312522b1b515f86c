//! What an import found: a product, not yet anybody's, each field with where it came from and how sure that is.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use url::Url;

/// A product as a page shows it. What the page does not say is absent, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub title: Option<Sourced<String>>,
    pub description: Option<Sourced<Description>>,
    /// What a buyer pays now.
    pub price: Option<Sourced<Amount>>,
    /// What the page says it cost before, or costs elsewhere: always more than the price.
    pub list_price: Option<Sourced<Amount>>,
    pub availability: Option<Sourced<Availability>>,
    /// Units the shop says it has.
    pub stock: Option<Sourced<u32>>,
    /// In the page's order, the main one first.
    pub images: Vec<Sourced<Image>>,
    pub brand: Option<Sourced<String>>,
    /// The shop's own number for it.
    pub sku: Option<Sourced<String>>,
    /// 8, 12, 13 or 14 digits with a right check digit.
    pub gtin: Option<Sourced<String>>,
    /// The manufacturer's number for it.
    pub mpn: Option<Sourced<String>>,
    /// From the general to the special.
    pub category: Option<Sourced<Vec<String>>>,
    pub variants: Vec<Variant>,
    /// Where the variants were found, if there are any.
    pub variants_source: Option<Source>,
    /// The page's address without what only counts clicks.
    pub canonical_url: Option<Sourced<Url>>,
    /// Sentences for the person who checks the draft.
    pub warnings: Vec<String>,
}

/// A value with where it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sourced<T> {
    pub value: T,
    pub source: Source,
    pub confidence: Confidence,
}

/// A description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Plain text: paragraphs with an empty line between them, and a line for each thing of a list.
    pub text: String,
}

/// A decimal amount of money. The currency is absent where the page doesn't tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    pub value: Decimal,
    /// ISO 4217, like `EUR`.
    pub currency: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Availability {
    InStock,
    OutOfStock,
    /// Not released yet, can be ordered.
    PreOrder,
    /// Not here now, can be ordered.
    BackOrder,
    /// Sold at the counter only.
    InStoreOnly,
    /// Not made or sold any more.
    Discontinued,
}

impl Availability {
    /// The word as schema.org and our own output spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InStock => "InStock",
            Self::OutOfStock => "OutOfStock",
            Self::PreOrder => "PreOrder",
            Self::BackOrder => "BackOrder",
            Self::InStoreOnly => "InStoreOnly",
            Self::Discontinued => "Discontinued",
        }
    }

    /// Can a buyer order it now?
    #[must_use]
    pub fn can_be_ordered(self) -> bool {
        matches!(self, Self::InStock | Self::PreOrder | Self::BackOrder)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// http or https.
    pub url: Url,
}

/// One of several things that one page sells under one title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Name and value of each option, like `("Size", "M")`. The name may be empty where the page has none.
    pub options: Vec<(String, String)>,
    pub price: Option<Amount>,
    pub list_price: Option<Amount>,
    pub availability: Option<Availability>,
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub image: Option<String>,
    /// The variant's own address, absolute.
    pub url: Option<String>,
}

/// Where a value was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// The shop software's own interface: Shopify, WooCommerce, Squarespace, Big Cartel.
    Platform,
    JsonLd,
    Microdata,
    Rdfa,
    /// Data that the page's own scripts use.
    EmbeddedState,
    /// OpenGraph, `product:` and Twitter tags.
    Meta,
    Microformats,
    /// What a person sees.
    Visible,
    /// The address itself.
    Address,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Shown to be checked.
    Doubtful,
    Likely,
    Sure,
}
