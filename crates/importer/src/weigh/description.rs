//! The description as clean HTML and as text.

use super::Vote;
use crate::document::Document;
use crate::draft::{Description, Found, Source};
use crate::text::plain::{is_unwanted, plain};
use crate::text::prose::prose;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Bytes of markup that are read, characters of text that are kept.
const LONGEST_MARKUP: usize = 60_000;
const LONGEST_TEXT: usize = 10_000;
/// Shorter than this, a longer text of a lesser source is better.
const SHORT: usize = 120;

/// What may stay: text, its structure, and links that lead to the web.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(HashSet::from([
            "a",
            "b",
            "blockquote",
            "br",
            "dd",
            "dl",
            "dt",
            "em",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "li",
            "ol",
            "p",
            "s",
            "small",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
        ]))
        .clean_content_tags(HashSet::from([
            "script", "style", "noscript", "template", "iframe", "svg", "math", "form", "button",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer"))
        .strip_comments(true);
    cleaner
});

/// The weightiest description, or a longer one if that is only a line.
pub fn of(votes: &[Vote]) -> Option<Found<Description>> {
    let mut best: Option<Found<Description>> = None;
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
            best = Some(vote.found(description));
        }
    }
    best
}

/// Any text or markup as a description.
fn clean(written: &str) -> Description {
    let end = written.floor_char_boundary(LONGEST_MARKUP);
    let written = written.get(..end).unwrap_or_default();
    // Markup that was encoded to stand in a text.
    let decoded;
    let written = if written.contains("&lt;") && !written.contains('<') {
        decoded = written
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
        decoded.as_str()
    } else {
        written
    };
    let text = prose(written, LONGEST_TEXT);
    let is_markup = written.contains('<') && written.contains('>');
    let html = if !is_markup {
        paragraphs(written)
    } else {
        // Parsed within limits first: the sanitiser has none.
        Document::from_text(written)
            .body_html()
            .map(|html| CLEANER.clean(&html).to_string())
            .unwrap_or_default()
    };
    let is_space = |c: char| c.is_whitespace() && c != '\n';
    let html = html.trim().chars().filter(|c| !is_unwanted(*c));
    Description {
        html: html.map(|c| if is_space(c) { ' ' } else { c }).collect(),
        text,
    }
}

/// Plain text, one paragraph a line.
fn paragraphs(text: &str) -> String {
    text.lines()
        .map(|line| plain(line, LONGEST_TEXT))
        .filter(|line| !line.is_empty())
        .map(|line| {
            format!(
                "<p>{}</p>",
                ammonia::clean_text(&line).replace("&#32;", " ")
            )
        })
        .collect()
}
