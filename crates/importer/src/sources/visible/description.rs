//! The text that describes the product.

use super::marks::Marks;
use super::outline::Outline;
use crate::document::html_up_to;

/// In bytes of text; markup comes on top.
const SHORTEST: usize = 40;
const LONGEST: usize = 30_000;
const LONGEST_HTML: usize = 60_000;

/// The HTML of the block that is named a description and says the most, outside of reviews and other products.
pub fn find(outline: &Outline<'_>) -> Option<String> {
    let mut best: Option<(usize, usize)> = None;
    for (index, spot) in outline.spots.iter().enumerate() {
        if !spot.own.any(Marks::DESCRIPTION) || spot.text < SHORTEST || spot.text > LONGEST {
            continue;
        }
        if spot.places.any(Marks::ELSEWHERE) {
            continue;
        }
        // A wrapper that holds the whole product is named so too.
        if outline
            .heading_at()
            .is_some_and(|heading| outline.contains(index, heading))
        {
            continue;
        }
        if best.is_none_or(|(_, most)| spot.text > most) {
            best = Some((index, spot.text));
        }
    }
    best.and_then(|(index, _)| outline.get(index))
        .map(|spot| html_up_to(spot.element, LONGEST_HTML))
}
