//! Many phrases looked for in one pass.

use aho_corasick::AhoCorasick;

/// A list of phrases in lower case, compiled once: `"sold out | out of stock | ausverkauft"`. A star at a phrase's
/// end stands for any ending of its last word.
#[derive(Debug)]
pub struct Phrases {
    /// Absent only if the list could not be compiled; then nothing is found.
    automaton: Option<AhoCorasick>,
    open: Vec<bool>,
}

impl Phrases {
    #[must_use]
    pub fn new(list: &str) -> Self {
        let phrases: Vec<&str> = list.split(" | ").map(str::trim).collect();
        let open = phrases.iter().map(|phrase| phrase.ends_with('*')).collect();
        let stems = phrases.iter().map(|phrase| phrase.trim_end_matches('*'));
        Self {
            automaton: AhoCorasick::new(stems).ok(),
            open,
        }
    }

    /// Whether one stands in the (lower-case) text as whole words.
    #[must_use]
    pub fn in_words(&self, text: &str) -> bool {
        let Some(automaton) = &self.automaton else {
            return false;
        };
        automaton.find_overlapping_iter(text).any(|found| {
            let open = self
                .open
                .get(found.pattern().as_usize())
                .copied()
                .unwrap_or(false);
            let before = text
                .get(..found.start())
                .and_then(|t| t.chars().next_back());
            let after = text.get(found.end()..).and_then(|t| t.chars().next());
            let first = text.get(found.start()..).and_then(|t| t.chars().next());
            first.is_some_and(is_spaceless)
                || (!before.is_some_and(char::is_alphanumeric)
                    && (open || !after.is_some_and(char::is_alphanumeric)))
        })
    }

    /// Whether one stands anywhere in the (lower-case) text, even inside a word.
    #[must_use]
    pub fn within(&self, text: &str) -> bool {
        self.automaton
            .as_ref()
            .is_some_and(|automaton| automaton.is_match(text))
    }

    /// Whether the (lower-case) text begins with one.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        self.automaton.as_ref().is_some_and(|automaton| {
            automaton
                .find_overlapping_iter(text)
                .any(|found| found.start() == 0)
        })
    }

    /// Whether the whole text is one of them.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let Some(automaton) = &self.automaton else {
            return false;
        };
        automaton
            .find_overlapping_iter(text)
            .any(|found| found.start() == 0 && found.end() == text.len())
    }
}

/// Scripts that write no spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_unless_open() {
        let phrases = Phrases::new("sold out | indisponible* | 在庫切れ");
        assert!(phrases.in_words("this is sold out."));
        assert!(phrases.in_words("produits indisponibles"));
        assert!(phrases.in_words("只今在庫切れです"));
        assert!(!phrases.in_words("resold outside"));
        assert!(phrases.within("resold outside"));
        assert!(phrases.is("sold out") && !phrases.is("sold out now"));
    }
}
