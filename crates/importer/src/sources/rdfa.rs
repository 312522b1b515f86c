//! RDFa Lite: `vocab`, `typeof`, `property`.

use super::markup::{self, Words};
use super::schema_org;
use crate::document::Document;
use crate::draft::Source;
use crate::reading::Reading;
use crate::text::price::Hints;
use url::Url;

const WORDS: Words = Words {
    scope: "typeof",
    kind: "typeof",
    property: "property",
    id: "resource",
};

/// What this source says.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    let hints = Hints::of(url, doc.language().as_deref());
    schema_org::read(&markup::items(doc, &WORDS), Source::Rdfa, url, hints)
}
