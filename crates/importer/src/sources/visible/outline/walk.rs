//! The one walk over the page.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::Spot;
use crate::document::{self, Document};
use crate::sources::visible::marks::{self, Marks};

pub(super) fn spots(document: &Document) -> Vec<Spot<'_>> {
    let mut spots: Vec<Spot<'_>> = Vec::new();
    let mut known: HashMap<&str, Marks> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut last_closed: Option<usize> = None;
    let mut silent = 0_usize;
    let Some(root) = document.elements().next() else {
        return spots;
    };
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    if is_silent(element.name()) {
                        silent += 1;
                    }
                    if silent > 0 {
                        continue;
                    }
                    let Some(element) = ElementRef::wrap(node) else {
                        continue;
                    };
                    let own = own_marks(element, &mut known);
                    let parent = open.last().copied();
                    open.push(spots.len());
                    spots.push(Spot {
                        element,
                        parent,
                        before: last_closed.take(),
                        end: 0,
                        own,
                        places: Marks::NONE,
                        text: 0,
                        has_digit: false,
                        has_link: element.value().name() == "a"
                            && element.value().attr("href").is_some(),
                        has_image: element.value().name() == "img",
                    });
                }
                Node::Text(text) if silent == 0 => {
                    if let Some(spot) = open.last().and_then(|at| spots.get_mut(*at)) {
                        spot.text += text.trim().len();
                        spot.has_digit |= text.chars().any(char::is_numeric);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let Node::Element(element) = node.value() else {
                    continue;
                };
                if is_silent(element.name()) {
                    silent = silent.saturating_sub(1);
                    continue;
                }
                if silent > 0 {
                    continue;
                }
                last_closed = open.last().copied();
                close(&mut spots, &mut open);
            }
        }
    }
    spots
}

/// Ends the innermost open element and adds what it holds to the one around it.
fn close(spots: &mut [Spot<'_>], open: &mut Vec<usize>) {
    let end = spots.len();
    let Some(spot) = open.pop().and_then(|at| spots.get_mut(at)) else {
        return;
    };
    spot.end = end;
    let (text, digit, link, image) = (spot.text, spot.has_digit, spot.has_link, spot.has_image);
    if let Some(parent) = open.last().and_then(|at| spots.get_mut(*at)) {
        parent.text += text;
        parent.has_digit |= digit;
        parent.has_link |= link;
        parent.has_image |= image;
    }
}

/// What names, attributes and style of an element say.
fn own_marks<'a>(element: ElementRef<'a>, known: &mut HashMap<&'a str, Marks>) -> Marks {
    let mut own = match element.value().name() {
        "del" | "s" | "strike" => Marks::OLD,
        "button" => Marks::BUTTON,
        _ => Marks::NONE,
    };
    for (name, value) in element.value().attrs() {
        match name {
            "class" | "id" | "data-testid" | "data-test" | "data-qa" | "data-role"
            | "data-hook" => {
                own |= *known.entry(value).or_insert_with(|| marks::of(value));
            }
            "style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                if style.contains("display:none") || style.contains("visibility:hidden") {
                    own |= Marks::HIDDEN;
                }
                if style.contains("line-through") {
                    own |= Marks::OLD;
                }
            }
            "hidden" => own |= Marks::HIDDEN,
            "disabled" => own |= Marks::DISABLED,
            "aria-disabled" if value == "true" => own |= Marks::DISABLED,
            "itemprop" => {
                own |= match value {
                    "price" | "lowPrice" => Marks::PRICE | Marks::NOW,
                    "name" => Marks::TITLE,
                    "brand" | "manufacturer" => Marks::BRAND,
                    "sku" | "productID" => Marks::SKU,
                    "description" => Marks::DESCRIPTION,
                    "availability" => Marks::STOCK,
                    "isRelatedTo" | "isSimilarTo" | "isAccessoryOrSparePartFor" => Marks::RELATED,
                    "review" | "aggregateRating" => Marks::REVIEW,
                    _ => Marks::NONE,
                }
            }
            "role" => {
                own |= match value {
                    "navigation" | "menu" | "menubar" => Marks::NAV,
                    "banner" => Marks::HEADER,
                    "contentinfo" => Marks::FOOTER,
                    "dialog" | "alertdialog" => Marks::POPUP,
                    "button" => Marks::BUTTON,
                    _ => Marks::NONE,
                }
            }
            "aria-label" if value.to_ascii_lowercase().contains("breadcrumb") => {
                own |= Marks::TRAIL
            }
            _ => {}
        }
    }
    own
}

/// What a person doesn't read of a whole page.
pub(super) fn is_silent(name: &str) -> bool {
    name == "head" || document::is_silent(name)
}
