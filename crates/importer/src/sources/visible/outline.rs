//! One walk over the page: every element with its marks, its place, and how much text it holds.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::heading;
use super::marks::{self, Marks};
use crate::document::Document;

/// A short text in more elements than this isn't meant for people.
const MOST_STEPS: usize = 1000;

/// On a page with fewer elements everything is near.
const SMALL_PAGE: usize = 256;

/// An element as a person would meet it, top to bottom.
pub struct Spot<'a> {
    pub element: ElementRef<'a>,
    pub parent: Option<usize>,
    /// The element before it in the same parent.
    pub before: Option<usize>,
    /// The index after its last descendant: everything in `index..end` is inside it.
    pub end: usize,
    /// What its own names say.
    pub own: Marks,
    /// Where it is: the places of all its ancestors and its own.
    pub places: Marks,
    /// Bytes of text inside.
    pub text: usize,
    pub has_digit: bool,
    has_link: bool,
    has_image: bool,
}

impl<'a> Spot<'a> {
    pub fn name(&self) -> &'a str {
        self.element.value().name()
    }

    /// Whether there is a link in it, or it is one.
    pub fn has_link(&self) -> bool {
        self.has_link
    }

    pub fn attr(&self, name: &str) -> Option<&'a str> {
        self.element.value().attr(name)
    }
}

/// The page, flat.
pub struct Outline<'a> {
    pub spots: Vec<Spot<'a>>,
    /// The element that names the product, and the name.
    pub heading: Option<(usize, String)>,
}

impl<'a> Outline<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut outline = Self {
            spots: walk(document),
            heading: None,
        };
        outline.heading = heading::find(document, &outline);
        outline.mark_cards();
        outline.mark_related_sections();
        outline.settle_places();
        outline
    }

    pub fn get(&self, index: usize) -> Option<&Spot<'a>> {
        self.spots.get(index)
    }

    pub fn heading_at(&self) -> Option<usize> {
        self.heading.as_ref().map(|(index, _)| *index)
    }

    /// Indices of the ancestors, nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.spots.get(index).and_then(|spot| spot.parent), |at| {
            self.spots.get(*at).and_then(|spot| spot.parent)
        })
    }

    /// Indices of the direct children.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.spots.get(index).map_or(0, |spot| spot.end);
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = self.spots.get(at).map_or(end, |spot| spot.end).max(at + 1);
                at
            })
        })
    }

    pub fn contains(&self, outer: usize, inner: usize) -> bool {
        self.spots
            .get(outer)
            .is_some_and(|spot| (outer..spot.end).contains(&inner))
    }

    /// How near two elements are, 0 to 100: what matters is how little of the page holds both.
    pub fn nearness(&self, one: usize, other: usize) -> i32 {
        let holder = std::iter::once(one)
            .chain(self.ancestors(one))
            .find(|at| self.contains(*at, other));
        let size = holder
            .and_then(|at| self.spots.get(at).map(|spot| spot.end - at))
            .unwrap_or(self.spots.len());
        let (size, all) = (digits_of(size), digits_of(self.spots.len().max(SMALL_PAGE)));
        100 - 100 * size / all.max(1)
    }

    /// The text inside, as a person reads it, up to about `limit` bytes; without what is hidden or a form's choice.
    /// Cents set apart by style alone get a point.
    pub fn text(&self, index: usize, limit: usize) -> String {
        let mut text = String::new();
        let Some(spot) = self.spots.get(index) else {
            return text;
        };
        // Elements come in the order of `spots`, so an index can be kept in step.
        let mut at = index;
        let mut unread: Option<NodeId> = None;
        let mut hidden: Option<NodeId> = None;
        for edge in spot.element.traverse().skip(1).take(MOST_STEPS) {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(_) if unread.is_some() => {}
                    Node::Element(element) if is_silent(element.name()) => unread = Some(node.id()),
                    Node::Element(element) => {
                        at += 1;
                        let own = self.spots.get(at).map_or(Marks::NONE, |spot| spot.own);
                        if hidden.is_some() {
                            continue;
                        }
                        if own.any(Marks::HIDDEN) {
                            hidden = Some(node.id());
                        } else if element.name() == "sup" || own.any(Marks::CENTS) {
                            begin_cents(&mut text, node);
                        } else if !is_inline(element.name()) {
                            space(&mut text);
                        }
                    }
                    Node::Text(part) if unread.is_none() && hidden.is_none() => {
                        push(&mut text, part)
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if unread == Some(node.id()) {
                        unread = None;
                    } else if hidden == Some(node.id()) {
                        hidden = None;
                    } else if let Node::Element(element) = node.value()
                        && unread.is_none()
                        && hidden.is_none()
                        && !is_inline(element.name())
                    {
                        space(&mut text);
                    }
                }
            }
            if text.len() >= limit {
                break;
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// The text directly in an element, not in the elements inside it.
    pub fn own_text(&self, index: usize) -> String {
        let mut text = String::new();
        if let Some(spot) = self.spots.get(index) {
            for child in spot.element.children() {
                if let Node::Text(part) = child.value() {
                    push(&mut text, part);
                }
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// The text that stands directly before an element in its parent, not counting what other elements hold.
    pub fn text_before(&self, index: usize) -> String {
        const MOST: usize = 6;
        let mut parts: Vec<&str> = Vec::new();
        if let Some(spot) = self.spots.get(index) {
            for sibling in spot.element.prev_siblings().take(MOST) {
                if let Node::Text(part) = sibling.value() {
                    parts.push(part);
                }
            }
        }
        let mut text = String::new();
        for part in parts.into_iter().rev() {
            push(&mut text, part);
        }
        text
    }

    /// Three or more alike neighbours with a link, a picture and a number each are cards of other products.
    fn mark_cards(&mut self) {
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
    fn mark_related_sections(&mut self) {
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
    fn settle_places(&mut self) {
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

fn walk(document: &Document) -> Vec<Spot<'_>> {
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

/// Elements that a person doesn't read.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "head"
    )
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "code"
            | "data"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "mark"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "sub"
            | "sup"
            | "u"
            | "wbr"
            | "time"
    )
}

/// `<sup>99</sup>` after `12` reads `12.99`.
fn begin_cents(text: &mut String, node: ego_tree::NodeRef<'_, Node>) {
    let cents: String = ElementRef::wrap(node)
        .map(|element| element.text().flat_map(str::chars).take(6).collect())
        .unwrap_or_default();
    let two = cents.trim();
    let trimmed = text.trim_end().len();
    let follows = text
        .get(..trimmed)
        .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    if follows && two.len() == 2 && two.bytes().all(|byte| byte.is_ascii_digit()) {
        text.truncate(trimmed);
        text.push('.');
    }
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

fn push(text: &mut String, part: &str) {
    for c in part.chars() {
        if c.is_whitespace() {
            // A space that isn't broken may group digits, and a text reader wants to see it as any other.
            space(text);
        } else if !matches!(c, '\u{200b}' | '\u{feff}') {
            text.push(c);
        }
    }
}

/// A hundredth of the natural logarithm's scale is enough to compare sizes.
fn digits_of(size: usize) -> i32 {
    let bits = usize::BITS - size.leading_zeros();
    let below = if bits > 3 {
        size >> (bits - 3)
    } else {
        size << (3 - bits)
    } & 3;
    i32::try_from(bits * 4).unwrap_or(0) + i32::try_from(below).unwrap_or(0)
}
