//! The page as a person sees it: heading, price, buy button, pictures, facts.
//!
//! A third of real product pages carry no markup for machines. What these pages have in common is how people read
//! them: the price stands near the name and the button, in an element called after prices, and not among "you may
//! also like".

use url::Url;

use crate::document::Document;
use crate::draft::{Confidence, Source};
use crate::reading::Reading;
use crate::text::price::Hints;

mod buying;
mod description;
mod images;
pub(crate) mod marks;
mod options;
pub(crate) mod outline;
mod price;
mod specs;
mod trail;

use outline::Outline;

/// The words of a name, lower case: what a heading and a title have in common.
pub(crate) use outline::heading::words as heading_words;

/// What the visible page says: one reading, `Likely` if it shows a price for certain beside a name.
#[must_use]
pub fn read(document: &Document, url: &Url) -> Vec<Reading> {
    let outline = Outline::of(document);
    let hints = Hints::of(url, document.language().as_deref());
    let buying = buying::find(&outline);
    let prices = price::find(&outline, buying.button, &hints);
    let specs = specs::find(&outline);
    let clear = prices.as_ref().is_some_and(|prices| prices.clear);
    let sure = clear && outline.heading.is_some();
    let mut reading = Reading::new(
        Source::Visible,
        if sure {
            Confidence::Likely
        } else {
            Confidence::Doubtful
        },
    );
    reading.title = outline.heading.as_ref().map(|(_, text)| text.clone());
    if let Some(prices) = prices {
        reading.price = Some(prices.price);
        reading.price_high = prices.high;
        reading.list_price = prices.list;
    }
    reading.availability = buying.availability;
    reading.images = images::find(&outline);
    reading.brand = specs.brand;
    reading.sku = specs.sku;
    reading.gtin = specs.gtin;
    reading.mpn = specs.mpn;
    reading.category = trail::find(&outline);
    reading.description = description::find(&outline);
    reading.variants = options::find(&outline, buying.button);
    let empty = reading.title.is_none() && reading.price.is_none();
    if empty { Vec::new() } else { vec![reading] }
}
