//! Long texts from outside as people type them: an empty line between paragraphs, a line for each thing of a list.

use super::plain::plain;
use crate::document::{Document, is_silent};
use scraper::Node;

/// Before each thing of a list.
const BULLET: &str = "•";

/// The text of a description, markup or not, at most `longest` characters.
#[must_use]
pub fn prose(written: &str, longest: usize) -> String {
    let is_markup = written.contains('<') && written.contains('>');
    if is_markup {
        tidy(&laid_out(&Document::from_text(written)), longest)
    } else {
        tidy(written, longest)
    }
}

/// The page's text, with line breaks where its elements make them.
fn laid_out(document: &Document) -> String {
    use ego_tree::iter::Edge;
    let mut text = String::new();
    let Some(root) = document.root() else {
        return text;
    };
    let mut silent = 0_usize;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if is_silent(element.name()) => silent += 1,
                Node::Element(element) => begin(element.name(), &mut text),
                Node::Text(piece) if silent == 0 => {
                    text.extend(
                        piece
                            .chars()
                            .map(|c| if c.is_whitespace() { ' ' } else { c }),
                    );
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if is_silent(element.name()) {
                        silent = silent.saturating_sub(1);
                    } else {
                        end(element.name(), &mut text);
                    }
                }
            }
        }
    }
    text
}

fn begin(element: &str, text: &mut String) {
    match element {
        "br" => text.push('\n'),
        "td" | "th" => text.push(' '),
        "li" => {
            end_line(text);
            text.push_str("• ");
        }
        other => end(other, text),
    }
}

fn end(element: &str, text: &mut String) {
    match element {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" | "hr"
        | "blockquote" => text.push_str("\n\n"),
        "li" | "tr" | "dt" | "dd" | "div" | "section" | "article" => end_line(text),
        _ => {}
    }
}

fn end_line(text: &mut String) {
    if !text.trim_end_matches(' ').ends_with('\n') {
        text.push('\n');
    }
}

/// Each line cleaned, never more than one empty line, and the text of a list's thing beside its bullet.
fn tidy(text: &str, longest: usize) -> String {
    let mut clean = String::new();
    let mut left = longest;
    let mut is_apart = false;
    // A bullet without its text yet, and whether it stands apart.
    let mut bullet: Option<bool> = None;
    for line in text.lines() {
        let line = plain(line, left);
        if line.is_empty() {
            is_apart = true;
            continue;
        }
        if line == BULLET {
            bullet = Some(is_apart);
            continue;
        }
        if !clean.is_empty() {
            clean.push('\n');
            if bullet.unwrap_or(is_apart) {
                clean.push('\n');
            }
        }
        if bullet.is_some() {
            clean.push_str("• ");
        }
        clean.push_str(&line);
        left = left.saturating_sub(line.chars().count() + 4);
        if left == 0 {
            break;
        }
        (is_apart, bullet) = (false, None);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(prose(written, 1000), expected);
    }

    #[test]
    fn paragraphs_and_lists_stay_apart() {
        check(
            "<p>Pours <b>slowly</b>.</p><p>Steel.</p>",
            "Pours slowly.\n\nSteel.",
        );
        check(
            "<p>For:</p>\n<ul>\n <li>All hobs</li>\n <li><p>Camp fires</p></li></ul><p>Two sizes.</p>",
            "For:\n\n• All hobs\n• Camp fires\n\nTwo sizes.",
        );
        check("One<br>Two<br><br>Three", "One\nTwo\n\nThree");
        check("<div>One</div><div>Two</div>", "One\nTwo");
        check(
            "<table><tr><td>Height</td><td>9 cm</td></tr><tr><td>Width</td><td>8 cm</td></tr></table>",
            "Height 9 cm\nWidth 8 cm",
        );
    }

    #[test]
    fn text_without_markup_keeps_its_lines() {
        check(
            "One\r\n\r\n\r\nTwo &amp; a half\nThree",
            "One\n\nTwo & a half\nThree",
        );
        check("  cable < 1 m  ", "cable < 1 m");
    }

    #[test]
    fn what_is_no_text_goes() {
        check(
            "<p>Good</p><script>alert(1)</script><style>p{}</style>",
            "Good",
        );
        check("<ul><li></li></ul>", "");
    }

    #[test]
    fn it_ends_where_it_is_long_enough() {
        assert!(prose(&"<p>word</p>".repeat(500), 100).chars().count() <= 100);
    }
}
