//! Microdata: `itemscope`, `itemtype`, `itemprop`.

use super::markup::{self, Words};
use super::schema_org;
use crate::document::Document;
use crate::draft::{Confidence, Source};
use crate::reading::Reading;
use crate::text::price::Hints;
use url::Url;

const WORDS: Words = Words {
    scope: "itemscope",
    kind: "itemtype",
    property: "itemprop",
    id: "itemid",
};

/// What this source says.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let hints = Hints::of(url, doc.language().as_deref());
    let mut readings = schema_org::read(&markup::items(doc, &WORDS), Source::Microdata, url, hints);
    // Properties outside of any item: a template that lost its frame. They are about the page's product, if at all.
    if let Some(stray) = markup::stray(doc, &WORDS) {
        let stray = schema_org::read(&[stray], Source::Microdata, url, hints);
        readings.extend(stray.into_iter().map(|reading| Reading {
            confidence: Confidence::Doubtful,
            ..reading
        }));
    }
    readings
}
