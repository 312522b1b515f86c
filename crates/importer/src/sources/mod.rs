//! One module per source. Each says what it sees; none knows of the others.

pub mod embedded_state;
pub mod json_ld;
mod markup;
pub mod meta;
pub mod microdata;
pub mod microformats;
pub mod number_in_address;
pub mod picture;
pub mod rdfa;
mod schema_org;
pub mod visible;

use crate::document::Document;
use crate::platform;
use crate::reading::Reading;
use url::Url;

/// Everything that every source says about the page.
#[must_use]
pub fn read(doc: &Document, url: &Url) -> Vec<Reading> {
    [
        platform::read_page,
        json_ld::read,
        microdata::read,
        rdfa::read,
        embedded_state::read,
        meta::read,
        microformats::read,
        visible::read,
        number_in_address::read,
    ]
    .iter()
    .flat_map(|read| read(doc, url))
    .collect()
}
