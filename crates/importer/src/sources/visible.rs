//! A source.

use crate::document::Document;
use crate::reading::Reading;
use url::Url;

/// What this source says.
#[must_use]
pub fn read(_doc: &Document, _url: &Url) -> Vec<Reading> {
    Vec::new()
}
