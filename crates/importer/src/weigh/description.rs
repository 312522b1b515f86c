//! The description as text.

use super::Vote;
use crate::draft::{Description, Source, Sourced};
use crate::text::prose::prose;

/// Bytes of markup that are read, characters of text that are kept.
const LONGEST_MARKUP: usize = 60_000;
const LONGEST_TEXT: usize = 10_000;
/// Shorter than this, a longer text of a lesser source is better.
const SHORT: usize = 120;

/// The weightiest description, or a longer one if that is only a line.
pub fn of(votes: &[Vote]) -> Option<Sourced<Description>> {
    let mut best: Option<Sourced<Description>> = None;
    let is_page = |vote: &&Vote| vote.reading.source == Source::Meta;
    let (page, product): (Vec<&Vote>, Vec<&Vote>) = votes
        .iter()
        .filter(|vote| vote.trust > 0.3)
        .partition(is_page);
    for vote in product.into_iter().chain(page) {
        let Some(description) = vote.reading.description.as_deref().map(clean) else {
            continue;
        };
        let length = |description: &Description| description.text.len();
        let is_better = best.as_ref().is_none_or(|known| {
            length(&known.value) < SHORT && length(&description) > length(&known.value) * 2
        });
        if !description.text.is_empty() && is_better {
            best = Some(vote.sourced(description));
        }
    }
    best
}

/// Any text or markup as a description.
fn clean(written: &str) -> Description {
    let end = written.floor_char_boundary(LONGEST_MARKUP);
    let written = written.get(..end).unwrap_or_default();
    // Markup that was encoded to stand in a text.
    let text = if written.contains("&lt;") && !written.contains('<') {
        let decoded = written
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
        prose(&decoded, LONGEST_TEXT)
    } else {
        prose(written, LONGEST_TEXT)
    };
    Description { text }
}
