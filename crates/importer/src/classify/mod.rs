//! Is this a product's page at all?
//!
//! A wall or a list must never become a draft, and a real product's page must never be refused. So product markup
//! that fits the page settles it; without any, the page has to show what it is.

use url::Url;

use crate::document::Document;
use crate::draft::{Confidence, Source};
use crate::not_a_draft::NotADraft;
use crate::reading::Reading;
use crate::sources::visible::heading_words;
use crate::sources::visible::outline::Outline;

mod kind;
mod wall;

use kind::Signs;

/// What the page is, if it isn't one product's page.
#[must_use]
pub fn verdict(document: &Document, url: &Url, readings: &[Reading]) -> Option<NotADraft> {
    let marked = has_own_markup(document, url, readings);
    let priced = readings
        .iter()
        .any(|reading| reading.source == Source::Visible && reading.price.is_some());
    if let Some(wall) = wall::find(document, url, marked || priced) {
        return Some(wall);
    }
    // Lists describe themselves as one product "from 5 to 90 €".
    let ranged = readings
        .iter()
        .any(|reading| is_markup(reading) && reading.price_high.is_some());
    if marked && !ranged {
        return None;
    }
    let outline = Outline::of(document);
    let signs = Signs::of(document, url, &outline, readings);
    if marked {
        return kind::is_plain_list(&signs).then_some(NotADraft::Category);
    }
    kind::find(&signs)
}

/// Whether markup describes one product that is this page's.
fn has_own_markup(document: &Document, url: &Url, readings: &[Reading]) -> bool {
    let marked: Vec<&Reading> = readings
        .iter()
        .filter(|reading| is_markup(reading) && !reading.related)
        .filter(|reading| reading.title.is_some() || reading.source == Source::Meta)
        .filter(|reading| reading.price.is_some() || reading.availability.is_some())
        .collect();
    let titles: Vec<String> = [document.title(), document.meta("og:title")]
        .iter()
        .flatten()
        .flat_map(|title| heading_words(title))
        .collect();
    let mut names: Vec<&str> = marked
        .iter()
        .filter_map(|reading| reading.title.as_deref())
        .collect();
    names.sort_unstable();
    names.dedup();
    marked.iter().any(|reading| {
        let fits_url = reading
            .url
            .as_deref()
            .and_then(|own| url.join(own).ok())
            .is_some_and(|own| own.path() == url.path() && own.host_str() == url.host_str());
        let alone = names.len() <= 1;
        let fits_title = reading.title.as_deref().is_some_and(|title| {
            let words = heading_words(title);
            let shared = words.iter().filter(|word| titles.contains(word)).count();
            !words.is_empty() && shared * 3 >= words.len() * 2
        });
        let front = url.path() == "/" && url.query().is_none();
        fits_title || !front && (alone || fits_url)
    })
}

/// Sources made for machines, where someone said "this is a product".
fn is_markup(reading: &Reading) -> bool {
    match reading.source {
        Source::Platform | Source::JsonLd | Source::Microdata | Source::Rdfa => true,
        Source::EmbeddedState | Source::Meta | Source::Microformats => {
            reading.confidence >= Confidence::Likely && reading.price.is_some()
        }
        Source::Visible | Source::Address => false,
    }
}
