//! A page's bytes as a tree: decoded by the web's rules and parsed within limits.

use crate::json;
use crate::not_a_draft::NotADraft;
use crate::page::Page;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use url::Url;

mod decode;
mod parse;

/// A parsed page.
#[derive(Debug)]
pub struct Document {
    html: Html,
    /// The page was longer or deeper than the limits; only its beginning is here.
    cut: bool,
    /// The page is data instead of markup.
    json: Option<Value>,
}

thread_local! {
    static SELECTORS: RefCell<HashMap<&'static str, Option<Selector>>> = RefCell::new(HashMap::new());
}

impl Document {
    /// Decodes and parses.
    ///
    /// # Errors
    /// `NotHtml` for something that isn't text in markup.
    pub fn read(page: &Page) -> Result<Self, NotADraft> {
        let text =
            decode::decode(&page.bytes, page.content_type.as_deref()).ok_or(NotADraft::NotHtml)?;
        if text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
        {
            let json = json::read(&text).ok_or(NotADraft::NotHtml)?;
            let (html, cut) = parse::parse("");
            return Ok(Self {
                html,
                cut,
                json: Some(json),
            });
        }
        let (html, cut) = parse::parse(&text);
        Ok(Self {
            html,
            cut,
            json: None,
        })
    }

    /// The same for text that is decoded already: a fragment of another page, a test's fixture.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let (html, cut) = parse::parse(text);
        Self {
            html,
            cut,
            json: None,
        }
    }

    /// The data that the page is, if it isn't markup.
    #[must_use]
    pub fn as_json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    #[must_use]
    pub fn was_cut(&self) -> bool {
        self.cut
    }

    /// The `<html>` element.
    #[must_use]
    pub fn root(&self) -> Option<ElementRef<'_>> {
        self.html.tree.root().children().find_map(ElementRef::wrap)
    }

    /// Every element, in the page's order (elements that the parser moved come where they were written).
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html
            .tree
            .root()
            .descendants()
            .filter_map(ElementRef::wrap)
    }

    /// Every element of this (lower-case) name, in the page's order.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = ElementRef<'a>> {
        self.elements()
            .filter(move |element| element.value().name() == name)
    }

    /// Elements that match a CSS selector, in the page's order. A selector that is wrong matches nothing.
    #[must_use]
    pub fn select(&self, css: &'static str) -> Vec<ElementRef<'_>> {
        SELECTORS.with_borrow_mut(|known| {
            known
                .entry(css)
                .or_insert_with(|| Selector::parse(css).ok())
                .as_ref()
                .map(|selector| self.html.select(selector).collect())
                .unwrap_or_default()
        })
    }

    /// The same below one element.
    #[must_use]
    pub fn select_in<'a>(&self, scope: ElementRef<'a>, css: &'static str) -> Vec<ElementRef<'a>> {
        SELECTORS.with_borrow_mut(|known| {
            known
                .entry(css)
                .or_insert_with(|| Selector::parse(css).ok())
                .as_ref()
                .map(|selector| scope.select(selector).collect())
                .unwrap_or_default()
        })
    }

    /// What addresses in the page are relative to.
    #[must_use]
    pub fn base(&self, page: &Url) -> Url {
        self.named("base")
            .find_map(|base| page.join(base.value().attr("href")?.trim()).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .unwrap_or_else(|| page.clone())
    }

    /// The `<title>`'s text, whitespace collapsed.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        self.named("title")
            .map(text_of)
            .find(|text| !text.is_empty())
    }

    /// The language the page says it is in, lower case: `de`, `pt-br`.
    #[must_use]
    pub fn language(&self) -> Option<String> {
        self.named("html")
            .find_map(|html| {
                html.value()
                    .attr("lang")
                    .or_else(|| html.value().attr("xml:lang"))
            })
            .map(|lang| lang.trim().to_ascii_lowercase())
            .filter(|lang| !lang.is_empty())
    }

    /// `content` of the first `<meta>` with this `name`, `property`, `itemprop` or `http-equiv` (lower case).
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<String> {
        self.metas(name).into_iter().next()
    }

    /// The same, of all of them.
    #[must_use]
    pub fn metas(&self, name: &str) -> Vec<String> {
        self.named("meta")
            .filter(|meta| {
                ["name", "property", "itemprop", "http-equiv"]
                    .iter()
                    .any(|key| {
                        meta.value()
                            .attr(key)
                            .is_some_and(|value| value.trim().eq_ignore_ascii_case(name))
                    })
            })
            .filter_map(|meta| meta.value().attr("content"))
            .map(|content| content.trim().to_owned())
            .filter(|content| !content.is_empty())
            .collect()
    }
}

/// A script's or style's own text.
#[must_use]
pub fn script_of(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// An element's text as a person reads it: without scripts and styles, whitespace collapsed.
#[must_use]
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect_text(element, &mut text, usize::MAX);
    text
}

/// The same, but it stops after about `limit` bytes.
#[must_use]
pub fn text_up_to(element: ElementRef<'_>, limit: usize) -> String {
    let mut text = String::new();
    collect_text(element, &mut text, limit);
    text
}

/// An element's markup; only its text where there is more in it than in any description, such as the whole page in an
/// element that was never closed.
#[must_use]
pub fn html_up_to(element: ElementRef<'_>, limit: usize) -> String {
    let html = if is_too_much(element) {
        text_up_to(element, limit)
    } else {
        element.inner_html()
    };
    let end = html.floor_char_boundary(limit);
    html.get(..end).unwrap_or_default().to_owned()
}

/// Whether an element holds more than a long description does. html5ever writes long values in quadratic time.
fn is_too_much(element: ElementRef<'_>) -> bool {
    const MOST_NODES: usize = 3_000;
    const MOST_BYTES: usize = 50_000;
    let mut bytes = 0;
    element.descendants().enumerate().any(|(count, node)| {
        bytes += match node.value() {
            scraper::Node::Text(text) => text.len(),
            scraper::Node::Element(inner) => inner.attrs().map(|(_, value)| value.len()).sum(),
            scraper::Node::Comment(comment) => comment.len(),
            _ => 0,
        };
        count > MOST_NODES || bytes > MOST_BYTES
    })
}

fn collect_text(element: ElementRef<'_>, into: &mut String, limit: usize) {
    use ego_tree::iter::Edge;
    let mut silent = 0_usize;
    for edge in element.traverse() {
        if into.len() >= limit {
            break;
        }
        match edge {
            Edge::Open(node) => match node.value() {
                scraper::Node::Element(inner) => {
                    if is_silent(inner.name()) {
                        silent += 1;
                    } else if breaks_text(inner.name()) && !into.is_empty() && !into.ends_with(' ')
                    {
                        into.push(' ');
                    }
                }
                scraper::Node::Text(text) if silent == 0 => push_collapsed(into, text),
                _ => {}
            },
            Edge::Close(node) => {
                if let scraper::Node::Element(inner) = node.value() {
                    if is_silent(inner.name()) {
                        silent = silent.saturating_sub(1);
                    } else if breaks_text(inner.name()) && !into.is_empty() && !into.ends_with(' ')
                    {
                        into.push(' ');
                    }
                }
            }
        }
    }
    into.truncate(into.trim_end().len());
}

fn push_collapsed(into: &mut String, text: &str) {
    for character in text.chars() {
        if character.is_whitespace() || character == '\u{200b}' || character == '\u{feff}' {
            if !into.is_empty() && !into.ends_with(' ') {
                into.push(' ');
            }
        } else {
            into.push(character);
        }
    }
}

/// What people never read.
pub(crate) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "template" | "svg" | "iframe"
    )
}

fn breaks_text(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "wbr"
            | "data"
    )
}
