//! Is this a product's page at all?

use crate::document::Document;
use crate::extract::NotADraft;
use crate::reading::Reading;
use url::Url;

/// What the page is, if it isn't one product's page.
#[must_use]
pub fn verdict(_doc: &Document, _url: &Url, _readings: &[Reading]) -> Option<NotADraft> {
    None
}
