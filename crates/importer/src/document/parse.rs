//! Text to tree, within limits.
//!
//! html5ever walks its stack of open elements for almost every tag, so a page of half a megabyte of nested lists costs
//! it minutes, and a few unclosed `<font>`s in many paragraphs cost it gigabytes. The page is therefore fed in small
//! pieces, and the tree looked at between them; a page that goes too deep, too wide or takes too long ends there.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use scraper::{Html, HtmlTreeSink};
use std::time::{Duration, Instant};

/// The longest page, in bytes of text.
const LONGEST: usize = 6 * 1024 * 1024;
/// Real pages stay below a hundred levels.
const DEEPEST: usize = 400;
/// And below thirty thousand elements and texts.
const MOST_NODES: usize = 100_000;
const AT_MOST: Duration = Duration::from_millis(700);
const PIECE: usize = 1024;

/// The tree, and whether it is only the beginning of the page.
pub fn parse(text: &str) -> (Html, bool) {
    let started = Instant::now();
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = driver::parse_document(sink, ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.max(4)));
        parser.process(piece.into());
        rest = after;
        let tree = &parser.tokenizer.sink.sink.0.borrow().tree;
        let mut nodes = tree.nodes();
        let count = nodes.len();
        let depth = nodes
            .next_back()
            .map_or(0, |node| node.ancestors().take(DEEPEST + 1).count());
        if count > MOST_NODES
            || depth > DEEPEST
            || text.len() - rest.len() > LONGEST
            || started.elapsed() > AT_MOST
        {
            break;
        }
    }
    let cut = !rest.is_empty();
    (parser.finish(), cut)
}
