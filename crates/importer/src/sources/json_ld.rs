//! JSON-LD: `<script type="application/ld+json">`.

use super::schema_org;
use crate::document::{Document, script_of};
use crate::draft::Source;
use crate::json;
use crate::reading::Reading;
use crate::text::price::Hints;
use serde_json::Value;
use url::Url;

/// Scripts that are read, and the most bytes of them all together.
const MOST_SCRIPTS: usize = 60;
const MOST_BYTES: usize = 1024 * 1024;

/// What this source says.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let items = items(doc);
    schema_org::read(
        &items,
        Source::JsonLd,
        url,
        Hints::of(url, doc.language().as_deref()),
    )
}

/// The page's JSON-LD, mended where it had to be. Empty scripts and those that aren't JSON are left out.
#[must_use]
pub fn items(doc: &Document) -> Vec<Value> {
    let mut left = MOST_BYTES;
    doc.named("script")
        .filter(|script| {
            script
                .value()
                .attr("type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        })
        .take(MOST_SCRIPTS)
        .map(script_of)
        .take_while(|text| {
            let fits = text.len() <= left;
            left = left.saturating_sub(text.len());
            fits
        })
        .filter_map(|text| json::read(&text))
        .filter(|value| value.is_object() || value.is_array())
        .collect()
}
