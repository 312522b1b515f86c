//! From a page's bytes to a draft. Pure, and bounded in time and memory on any input.

use crate::classify;
use crate::document::Document;
use crate::draft::Draft;
use crate::not_a_draft::NotADraft;
use crate::page::Page;
use crate::platform::{self, Endpoint};
use crate::reading::Reading;
use crate::{sources, weigh};
use url::Url;

/// A page that was read, and where its shop's software may know more.
#[derive(Clone, Debug)]
pub struct Begun {
    pub draft: Result<Draft, NotADraft>,
    pub endpoint: Option<Endpoint>,
}

/// Reads a page.
///
/// # Errors
/// Says what the page is when it isn't one product's page.
pub fn extract(page: &Page) -> Result<Draft, NotADraft> {
    begin(page).draft
}

/// Reads a page, and says where to ask its shop's software for the same product.
#[must_use]
pub fn begin(page: &Page) -> Begun {
    match Document::read(page) {
        Ok(document) => Begun {
            draft: read(page, &document, None),
            endpoint: platform::endpoint(&document, &page.url),
        },
        Err(reason) => Begun {
            draft: Err(reason),
            endpoint: None,
        },
    }
}

/// Reads a page together with what its shop's software answered. An answer that isn't a product changes nothing.
///
/// # Errors
/// Says what the page is when it isn't one product's page.
pub fn with_payload(page: &Page, endpoint: &Endpoint, body: &[u8]) -> Result<Draft, NotADraft> {
    let document = Document::read(page)?;
    read(page, &document, endpoint.platform.read(body, &page.url))
}

fn read(page: &Page, document: &Document, payload: Option<Reading>) -> Result<Draft, NotADraft> {
    if let Some(value) = document.as_json() {
        // Somebody pasted the address of a shop's data instead of its page.
        let reading = platform::read_any(value, &page.url).ok_or(NotADraft::NoProduct)?;
        return weigh::weigh(document, &page.url, vec![reading]);
    }
    let mut readings: Vec<Reading> = payload.into_iter().collect();
    readings.extend(sources::read(document, &page.url));
    if let Some(verdict) = classify::verdict(document, &page.url, &readings) {
        return Err(verdict);
    }
    weigh::weigh(document, &page.url, readings)
}
