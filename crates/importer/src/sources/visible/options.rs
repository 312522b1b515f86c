//! What a buyer chooses: sizes and colours in selects, radio buttons and swatches.

use std::collections::HashSet;

use super::marks::Marks;
use super::outline::{Outline, Spot};
use crate::draft::{Availability, Variant};
use crate::text::availability;

/// The longest name of a choice, and the most choices.
const LONGEST: usize = 80;
const MOST: usize = 200;

/// One variant for each choice, when there is a single thing to choose. With two (size and colour) the page alone
/// doesn't tell which pairs exist.
pub fn find(outline: &Outline<'_>, button: Option<usize>) -> Vec<Variant> {
    let mut found: Option<(usize, Vec<Variant>)> = None;
    for (index, spot) in outline.spots.iter().enumerate() {
        if spot.name() != "select" || spot.places.any(Marks::ELSEWHERE) {
            continue;
        }
        let near = button
            .or(outline.heading_at())
            .is_some_and(|place| outline.nearness(index, place) >= 30);
        if !near || counts(spot) {
            continue;
        }
        let choices = choices(outline, index, spot);
        if choices.len() < 2 {
            continue;
        }
        if found.is_some() {
            return Vec::new();
        }
        found = Some((index, choices));
    }
    let Some((index, mut variants)) = found else {
        return Vec::new();
    };
    let name = label_of(outline, index);
    for (option, _) in variants.iter_mut().flat_map(|variant| &mut variant.options) {
        option.clone_from(&name);
    }
    variants
}

/// A quantity, a country, a way to sort: choices that make no variant.
fn counts(spot: &Spot<'_>) -> bool {
    let names = ["name", "id", "class", "aria-label"]
        .into_iter()
        .filter_map(|name| spot.attr(name))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    [
        "qty", "quantity", "menge", "anzahl", "quantit", "cantidad", "amount", "sort", "country",
        "region", "currency", "lang", "rating", "store", "state", "month", "year", "subject",
        "page", "filter", "categor", "search", "location",
    ]
    .iter()
    .any(|word| names.contains(word))
}

fn choices(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> Vec<Variant> {
    let mut seen = HashSet::new();
    let mut variants = Vec::new();
    let mut numbers = 0;
    for at in index + 1..spot.end {
        let Some(option) = outline.get(at).filter(|inner| inner.name() == "option") else {
            continue;
        };
        let text = outline.text(at, LONGEST * 2);
        // The first choice often only says "please choose", and has no value.
        let empty = option
            .attr("value")
            .is_some_and(|value| matches!(value.trim(), "" | "0" | "-1"));
        if text.is_empty() || text.len() > LONGEST || empty && variants.is_empty() {
            continue;
        }
        let said = availability::read(&text).filter(|said| *said == Availability::OutOfStock);
        let gone = said.or_else(|| {
            option
                .own
                .any(Marks::DISABLED)
                .then_some(Availability::OutOfStock)
        });
        // "M - sold out" names M, and so does "Size: M".
        let name = match text.rsplit_once(['-', '–', '(', ',']) {
            Some((name, notice)) if availability::read(notice.trim_end_matches(')')).is_some() => {
                name
            }
            _ => &text,
        };
        let name = name.rsplit_once(": ").map_or(name, |(_, name)| name);
        let name = name.trim().to_owned();
        if name.chars().all(|c| c.is_ascii_digit()) && name.len() <= 2 {
            numbers += 1;
        }
        if !name.is_empty() && seen.insert(name.clone()) && variants.len() < MOST {
            variants.push(Variant {
                options: vec![(String::new(), name)],
                availability: gone,
                ..Variant::default()
            });
        }
    }
    // 1, 2, 3, … is how many, not which.
    let counted = variants
        .first()
        .is_some_and(|first| first.options.iter().any(|(_, name)| name == "1"));
    if counted && numbers == variants.len() {
        variants.clear();
    }
    variants
}

/// The select's label, or the choice that stands for none ("Size").
fn label_of(outline: &Outline<'_>, index: usize) -> String {
    let id = outline.get(index).and_then(|spot| spot.attr("id"));
    let named = id.and_then(|id| {
        outline
            .spots
            .iter()
            .position(|label| label.name() == "label" && label.attr("for") == Some(id))
    });
    let around = std::iter::once(index)
        .chain(outline.ancestors(index).take(1))
        .filter_map(|parent| outline.get(parent).and_then(|spot| spot.before))
        .find(|before| {
            outline
                .get(*before)
                .is_some_and(|spot| spot.text > 0 && spot.text <= 40)
        });
    named
        .or(around)
        .map(|label| outline.text(label, 60))
        .map(|text| text.trim_end_matches([':', '*', ' ']).to_owned())
        .unwrap_or_default()
}
