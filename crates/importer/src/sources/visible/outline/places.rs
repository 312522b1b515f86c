//! Which parts of a page show other things than its product.

use std::collections::HashMap;

use super::{Outline, Spot, heading};
use crate::sources::visible::marks::Marks;

impl Outline<'_> {
    /// Three or more alike neighbours with a link, a picture and a number each are cards of other products.
    pub(super) fn mark_cards(&mut self) {
        let heading = self.heading_at();
        let mut alike: Vec<usize> = Vec::new();
        for parent in 0..self.spots.len() {
            let mut counts: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
            for child in self.children(parent).take(200) {
                let Some(spot) = self.spots.get(child) else {
                    continue;
                };
                let pictured = spot.has_image || spot.own.any(Marks::CARD_NAME);
                if !(spot.has_link && pictured && spot.has_digit) || spot.text < 8 {
                    continue;
                }
                if heading.is_some_and(|heading| self.contains(child, heading)) {
                    continue;
                }
                let class = spot.attr("class").unwrap_or_default();
                let first = class.split_ascii_whitespace().next().unwrap_or_default();
                counts.entry((spot.name(), first)).or_default().push(child);
            }
            alike.extend(
                counts
                    .into_values()
                    .filter(|group| group.len() >= 3)
                    .flatten(),
            );
        }
        for index in alike {
            if let Some(spot) = self.spots.get_mut(index) {
                spot.own |= Marks::CARD;
            }
        }
    }

    /// What follows a heading like "You may also like" isn't the product.
    pub(super) fn mark_related_sections(&mut self) {
        let heading = self.heading_at();
        let mut sections: Vec<usize> = Vec::new();
        for (index, spot) in self.spots.iter().enumerate() {
            let headed = matches!(spot.name(), "h2" | "h3" | "h4" | "h5")
                || (spot.own.any(Marks::TITLE) && spot.text < 60);
            if !headed || spot.text == 0 || spot.text > 80 || Some(index) == heading {
                continue;
            }
            if !heading::announces_others(&self.text(index, 80)) {
                continue;
            }
            let holder = self
                .ancestors(index)
                .take(4)
                // It opens its section: hardly anything stands before it.
                .take_while(|at| index - at <= 10)
                .take_while(|at| !heading.is_some_and(|heading| self.contains(*at, heading)))
                .last();
            match holder {
                Some(holder) => sections.push(holder),
                None => {
                    let end = spot
                        .parent
                        .and_then(|at| self.spots.get(at))
                        .map_or(0, |p| p.end);
                    let mut next = spot.end;
                    while next < end {
                        if !heading.is_some_and(|heading| self.contains(next, heading)) {
                            sections.push(next);
                        }
                        next = self
                            .spots
                            .get(next)
                            .map_or(end, |spot| spot.end)
                            .max(next + 1);
                    }
                }
            }
        }
        for index in sections {
            if let Some(spot) = self.spots.get_mut(index) {
                spot.own |= Marks::RELATED;
            }
        }
    }

    /// Hands places down. What holds the heading is no place but the page itself: shops name whole pages
    /// `has-sidebar` or `product-card`.
    pub(super) fn settle_places(&mut self) {
        let heading = self.heading_at();
        for index in 0..self.spots.len() {
            let holds_heading = heading.is_some_and(|heading| self.contains(index, heading));
            let Some(spot) = self.spots.get(index) else {
                continue;
            };
            let inherited = spot
                .parent
                .and_then(|parent| self.spots.get(parent))
                .map_or(Marks::NONE, |parent| parent.places);
            let own = if holds_heading || matches!(spot.name(), "html" | "body") {
                Marks::NONE
            } else {
                place_of(spot) | (spot.own & Marks::PLACES)
            };
            if let Some(spot) = self.spots.get_mut(index) {
                spot.places = inherited | own;
            }
        }
    }
}

/// What tag and role say about the place.
fn place_of(spot: &Spot<'_>) -> Marks {
    match spot.name() {
        "header" => Marks::HEADER,
        "footer" => Marks::FOOTER,
        "nav" => Marks::NAV,
        "dialog" => Marks::POPUP,
        "option" | "select" => Marks::OPTION,
        _ => Marks::NONE,
    }
}
