//! The text of an element as a person reads it.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::Outline;
use super::walk::is_silent;
use crate::sources::visible::marks::Marks;

/// A short text in more elements than this isn't meant for people.
const MOST_STEPS: usize = 1000;

impl Outline<'_> {
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
