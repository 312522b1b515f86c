//! The one place where sources are weighed, field by field.

use crate::document::Document;
use crate::draft::Draft;
use crate::extract::NotADraft;
use crate::reading::Reading;
use url::Url;

/// One draft from everything that was read.
pub fn weigh(_doc: &Document, _url: &Url, readings: Vec<Reading>) -> Result<Draft, NotADraft> {
    if readings.is_empty() {
        return Err(NotADraft::NoProduct);
    }
    Ok(Draft::default())
}
