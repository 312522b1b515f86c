//! From a page's bytes to a draft. Pure, and bounded in time and memory on any input.

use crate::classify;
use crate::document::Document;
use crate::draft::Draft;
use crate::not_a_draft::NotADraft;
use crate::page::Page;
use crate::platform::{self, Endpoint, Platform};
use crate::reading::Reading;
use crate::{sources, weigh};
use url::Url;

/// Reads a page.
///
/// # Errors
/// Says what the page is when it isn't one product's page.
pub fn extract(page: &Page) -> Result<Draft, NotADraft> {
    ReadPage::of(page)?.draft()
}

/// A page, decoded, parsed and read by every source: once, also when its shop's software has yet to answer.
#[derive(Debug)]
pub struct ReadPage {
    url: Url,
    document: Document,
    readings: Vec<Reading>,
}

impl ReadPage {
    /// # Errors
    /// For what can't be read at all, and for data that is no product.
    pub fn of(page: &Page) -> Result<Self, NotADraft> {
        let document = Document::read(page)?;
        let readings = match document.as_json() {
            // Somebody pasted the address of a shop's data instead of its page.
            Some(data) => {
                let reading = platform::read_any(data, &page.url);
                vec![reading.ok_or(NotADraft::NoProduct)?]
            }
            None => sources::read(&document, &page.url),
        };
        Ok(Self {
            url: page.url.clone(),
            document,
            readings,
        })
    }

    /// Where the shop's software may know more of the same product.
    #[must_use]
    pub fn endpoint(&self) -> Option<Endpoint> {
        if self.is_data() {
            return None;
        }
        platform::endpoint(&self.document, &self.url)
    }

    /// What the page itself says.
    ///
    /// # Errors
    /// Says what the page is when it isn't one product's page.
    pub fn draft(&self) -> Result<Draft, NotADraft> {
        if !self.is_data()
            && let Some(verdict) = classify::verdict(&self.document, &self.url, &self.readings)
        {
            return Err(verdict);
        }
        weigh::weigh(&self.document, &self.url, &self.readings)
    }

    /// The same together with what the shop's software answered. An answer that isn't a product changes nothing.
    ///
    /// # Errors
    /// As for [`ReadPage::draft`].
    pub fn draft_with(mut self, platform: Platform, answer: &[u8]) -> Result<Draft, NotADraft> {
        if !self.is_data()
            && let Some(reading) = platform.read(answer, &self.url)
        {
            self.readings.insert(0, reading);
        }
        self.draft()
    }

    /// The page is what shop software answers, not markup.
    fn is_data(&self) -> bool {
        self.document.as_json().is_some()
    }
}
