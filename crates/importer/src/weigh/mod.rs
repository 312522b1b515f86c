//! The one place where sources are weighed, field by field.
//!
//! Every source may be wrong: markup that says "in stock" on a page that says "sold out", a list price where the
//! price belongs, a related product's data before the product's own. So first each source's reading of *this* product
//! is chosen, by the page's heading and address. Then each field is decided with what is known about lies in it.

use crate::document::Document;
use crate::draft::{Confidence, Draft, Source, Sourced};
use crate::not_a_draft::NotADraft;
use crate::reading::Reading;
use crate::subject::Subject;
use url::Url;

mod availability;
mod canonical;
mod choose;
mod description;
mod names;
mod pictures;
mod price;
mod variants;

/// A reading of the page's product, and what it counts.
struct Vote<'a> {
    reading: &'a Reading,
    /// How far this reading is about the page's product, from 0 to 1.
    trust: f32,
}

impl Vote<'_> {
    /// What the reading counts, whatever the field.
    fn weight(&self) -> f32 {
        let source: f32 = match self.reading.source {
            Source::Platform => 5.0,
            Source::JsonLd => 3.2,
            Source::Microdata | Source::Visible => 3.0,
            Source::Rdfa | Source::Meta => 2.5,
            Source::EmbeddedState | Source::Microformats => 2.0,
            Source::Address => 1.0,
        };
        let confidence = match self.reading.confidence {
            Confidence::Sure => 1.0,
            Confidence::Likely => 0.8,
            Confidence::Doubtful => 0.3,
        };
        source * confidence * self.trust
    }

    /// The confidence of a field that only this reading has.
    fn confidence(&self) -> Confidence {
        if self.trust < 0.5 {
            Confidence::Doubtful
        } else {
            self.reading.confidence
        }
    }

    fn sourced<T>(&self, value: T) -> Sourced<T> {
        Sourced {
            value,
            source: self.reading.source,
            confidence: self.confidence(),
        }
    }
}

/// One draft from everything that was read.
///
/// # Errors
/// `NoProduct` if what was read has no name, or nothing that makes it a product.
pub fn weigh(doc: &Document, url: &Url, readings: &[Reading]) -> Result<Draft, NotADraft> {
    let subject = Subject::of(doc, url);
    let votes = choose::votes(readings, &subject, url);
    let mut draft = Draft {
        title: names::title(&votes, doc, url, &subject),
        ..Draft::default()
    };
    let mut warnings = Vec::new();
    let prices = price::decide(&votes, doc, url, &mut warnings);
    draft.price = prices.price;
    draft.list_price = prices.list;
    draft.availability = availability::decide(&votes, draft.price.is_some(), &mut warnings);
    (draft.variants, draft.variants_source) = variants::of(&votes, url, draft.price.as_ref());
    draft.stock = first(&votes, |reading| reading.stock);
    draft.brand = names::brand(&votes, url);
    draft.gtin = first(&votes, |reading| reading.gtin.clone());
    draft.sku = names::sku(&votes);
    draft.mpn = first(&votes, |reading| names::number(reading.mpn.as_deref()?));
    draft.category = names::category(&votes, draft.title.as_ref());
    draft.description = description::of(&votes);
    draft.images = pictures::of(&votes, doc, url);
    draft.canonical_url = canonical::of(doc, url);
    let is_product = draft.price.is_some()
        || draft.availability.is_some()
        || has_markup(&votes)
        || has_number(&votes);
    if draft.title.is_none() || !is_product {
        return Err(NotADraft::NoProduct);
    }
    if draft.price.is_none() {
        warnings.push("The page shows no price. Enter yours.".to_owned());
    }
    if doc.was_cut() {
        warnings.push("This page is very large. Only its beginning was read.".to_owned());
    }
    draft.warnings = warnings;
    Ok(draft)
}

fn has_markup(votes: &[Vote]) -> bool {
    votes.iter().any(|vote| {
        matches!(
            vote.reading.source,
            Source::Platform
                | Source::JsonLd
                | Source::Microdata
                | Source::Rdfa
                | Source::Microformats
        ) && vote.reading.title.is_some()
            && vote.trust >= 0.5
    })
}

/// Only things that are sold have numbers.
fn has_number(votes: &[Vote]) -> bool {
    votes.iter().any(|vote| {
        let reading = &vote.reading;
        vote.trust >= 0.5
            && (reading.sku.is_some() || reading.gtin.is_some() || reading.mpn.is_some())
    })
}

/// The field of the weightiest reading that has it.
fn first<T>(votes: &[Vote], field: impl Fn(&Reading) -> Option<T>) -> Option<Sourced<T>> {
    votes
        .iter()
        .find_map(|vote| field(vote.reading).map(|value| vote.sourced(value)))
}
