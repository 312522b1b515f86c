//! From a page's bytes to a draft. Pure, and bounded in time and memory on any input.

use crate::classify;
use crate::document::Document;
use crate::draft::Draft;
use crate::reading::Reading;
use crate::sources::platform::{self, Endpoint};
use crate::{sources, weigh};
use serde::{Deserialize, Serialize};
use url::Url;

/// A page as it came, from the network or a file.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it was found, after redirects.
    pub url: Url,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// What a page is instead of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum NotADraft {
    #[error("The shop asks visitors to prove that they are human.")]
    BotWall,
    #[error("The shop has put visitors in a queue.")]
    Queue,
    #[error("This page lists several products. Open one of them and paste its link.")]
    Category,
    #[error("This page shows search results. Open one of them and paste its link.")]
    Search,
    #[error("This page is an article, not a product.")]
    Article,
    #[error("This page asks for a log-in.")]
    LogIn,
    #[error("The shop says that this page does not exist or failed.")]
    ErrorPage,
    #[error("This is a shop's front page. Open a product and paste its link.")]
    FrontPage,
    #[error("This link leads to a file, not to a web page.")]
    NotHtml,
    #[error("This page is too large or too tangled to read.")]
    TooComplex,
    #[error("No product was found on this page.")]
    NoProduct,
}

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
    read(
        page,
        &document,
        platform::read(endpoint.platform, body, &page.url),
    )
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
