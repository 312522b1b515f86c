//! What was found on a page, as it is kept with an import: no longer than what a product can hold.

use super::PICTURES_TRIED;
use crate::{Error, Result};
use importer::fetch::Validators;
use importer::import::Import;
use importer::{Draft, Sourced};
use model::limits;
use serde::{Deserialize, Serialize};
use url::Url;

/// The longest value that is kept of a page besides its description, in characters.
const LONGEST: usize = 300;
/// Warnings that are kept.
const WARNINGS: usize = 12;

/// A draft, and what is needed to ask its page again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Found {
    pub draft: Draft,
    /// Where the page was found, after redirects.
    pub url: Url,
    pub validators: Validators,
}

impl Found {
    pub fn of(import: Import) -> Found {
        Found {
            draft: shortened(import.draft),
            url: import.url,
            validators: import.validators,
        }
    }

    /// What a row holds; `None` when nothing was found yet.
    pub fn read(text: &str) -> Result<Option<Found>> {
        if text.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(text)
            .map(Some)
            .map_err(|error| Error::Broken(format!("an import can't be read: {error}")))
    }

    pub fn write(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|error| Error::Broken(format!("an import can't be kept: {error}")))
    }
}

/// The first `most` characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].trim_end().to_owned(),
        None => text.to_owned(),
    }
}

fn shortened(mut draft: Draft) -> Draft {
    if let Some(description) = &mut draft.description {
        description.value.text = cut(&description.value.text, limits::DESCRIPTION);
    }
    for field in [
        &mut draft.title,
        &mut draft.brand,
        &mut draft.sku,
        &mut draft.gtin,
        &mut draft.mpn,
    ] {
        shorten(field);
    }
    // Addresses are only good whole.
    draft
        .canonical_url
        .take_if(|url| url.value.as_str().len() > limits::LINK);
    if let Some(category) = &mut draft.category {
        category.value.truncate(10);
        for word in &mut category.value {
            *word = cut(word, limits::NAME);
        }
    }
    draft
        .images
        .retain(|image| image.value.url.as_str().len() <= limits::LINK);
    draft.images.truncate(PICTURES_TRIED);
    shorten_variants(&mut draft);
    draft.warnings.truncate(WARNINGS);
    for warning in &mut draft.warnings {
        *warning = cut(warning, LONGEST);
    }
    draft
}

fn shorten(field: &mut Option<Sourced<String>>) {
    if let Some(field) = field {
        field.value = cut(&field.value, LONGEST);
    }
}

fn shorten_variants(draft: &mut Draft) {
    if draft.variants.len() > limits::VARIANTS {
        let (there, most) = (draft.variants.len(), limits::VARIANTS);
        draft.warnings.insert(
            0,
            format!("The page has {there} variants; a product here can have {most}. The first {most} are below."),
        );
        draft.variants.truncate(most);
    }
    for variant in &mut draft.variants {
        variant.options.truncate(5);
        for (name, value) in &mut variant.options {
            *name = cut(name, limits::NAME);
            *value = cut(value, limits::NAME);
        }
        variant.sku = variant.sku.as_deref().map(|sku| cut(sku, LONGEST));
        variant.gtin = variant.gtin.as_deref().map(|gtin| cut(gtin, LONGEST));
        variant.image = None;
        variant.url = None;
    }
}
