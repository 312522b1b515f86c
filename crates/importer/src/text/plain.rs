//! Any text from outside as plain text.

use crate::document::{Document, text_of};

/// Entities decoded (twice, as some shops encode twice), markup taken off, control and direction-changing characters
/// removed, whitespace collapsed. At most `longest` characters.
#[must_use]
pub fn plain(text: &str, longest: usize) -> String {
    // Markup is longer than the text in it, but not without end.
    let limit = text.floor_char_boundary(longest.saturating_mul(8).min(64 * 1024));
    let mut text = text.get(..limit).unwrap_or_default().to_owned();
    for _ in 0..2 {
        if !looks_like_markup(&text) {
            break;
        }
        text = text_of_markup(&text);
    }
    let mut clean = String::with_capacity(text.len().min(longest));
    for character in text.chars().filter(|c| !is_unwanted(*c)) {
        if !character.is_whitespace() {
            clean.push(character);
        } else if !clean.is_empty() && !clean.ends_with(' ') {
            clean.push(' ');
        }
    }
    let end = clean
        .char_indices()
        .nth(longest)
        .map_or(clean.len(), |(at, _)| at);
    clean.truncate(end);
    clean.truncate(clean.trim_end().len());
    clean
}

fn looks_like_markup(text: &str) -> bool {
    let has_entity = text.split('&').skip(1).any(|after| {
        after
            .chars()
            .take(12)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .count()
            > 1
            && after.chars().take(12).any(|c| c == ';')
    });
    let has_tag = text
        .split('<')
        .skip(1)
        .any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    has_entity || has_tag
}

fn text_of_markup(text: &str) -> String {
    let document = Document::from_text(text);
    document.root().map(text_of).unwrap_or_default()
}

/// NUL and other controls, what reverses or hides text in a page that shows it, and the letters of icon fonts.
fn is_unwanted(character: char) -> bool {
    (character.is_control() && !character.is_whitespace())
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{e000}'..='\u{f8ff}'
        )
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text, 100), expected);
    }

    #[test]
    fn titles_end_as_plain_text() {
        check("Cup &amp; saucer", "Cup & saucer");
        check("Cup &amp;amp; saucer", "Cup & saucer");
        check("<b>Cup</b> <script>alert(1)</script>blue", "Cup blue");
        check("&lt;img src=x onerror=alert(1)&gt;Cup", "Cup");
        check("a\u{202e}b\u{0}c\u{200b}d", "abcd");
        check("  two \n\t words ", "two words");
        check("cable < 1 m & more", "cable < 1 m & more");
        check("R&D; 5 <6", "R&D; 5 <6");
        assert_eq!(plain("ééé", 2), "éé");
    }
}
