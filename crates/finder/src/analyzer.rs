//! What counts as a word.

use crate::Language;
use model::fold;
use tantivy::tokenizer::{
    RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer, TextAnalyzerBuilder,
    TokenizerManager,
};

/// A longer word is nothing that anybody types, in bytes.
const LONGEST: usize = 40;

/// The names by which an index knows how its fields were cut into words. An index that was cut otherwise is made anew.
pub fn stems_name(language: Language) -> String {
    format!("stems-1-{language}")
}

/// Words as they are written.
pub const WORDS_NAME: &str = "words-1";

/// A text in which words can be told apart: [folded](fold), and with spaces in scripts that have none, where each letter
/// counts as a word.
pub fn readable(text: &str) -> String {
    let folded = fold(text);
    let mut readable = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if is_unspaced(letter) {
            readable.extend([' ', letter, ' ']);
        } else {
            readable.push(letter);
        }
    }
    readable
}

/// Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana and Han.
fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// How a text is cut into words.
fn cut() -> TextAnalyzerBuilder {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .dynamic()
}

/// Words as they are written.
pub fn words() -> TextAnalyzer {
    cut().build()
}

/// The stems of words.
pub fn stems(language: Language) -> TextAnalyzer {
    match language.of_library() {
        Some(language) => cut().filter_dynamic(Stemmer::new(language)).build(),
        None => words(),
    }
}

/// Words that stand in every text, such as *the*; with nothing else to look for, they count.
pub fn without_fillers(language: Language) -> TextAnalyzer {
    match language.of_library().and_then(StopWordFilter::new) {
        Some(fillers) => cut().filter_dynamic(fillers).build(),
        None => words(),
    }
}

pub fn known_to_index(language: Language) -> TokenizerManager {
    let known = TokenizerManager::default();
    known.register(WORDS_NAME, words());
    known.register(&stems_name(language), stems(language));
    known
}

/// The words of a text, as `analyzer` takes them.
pub fn taken(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    analyzer
        .token_stream(text)
        .process(&mut |token| words.push(token.text.clone()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(mut by: TextAnalyzer, text: &str) -> Vec<String> {
        taken(&mut by, &readable(text))
    }

    #[test]
    fn words_are_folded_and_lose_their_endings() {
        assert_eq!(
            seen(stems(Language::English), "Glazed Mugs, café-style"),
            ["glaze", "mug", "cafe", "style"]
        );
        assert_eq!(seen(words(), "Glazed Mugs"), ["glazed", "mugs"]);
        assert_eq!(seen(stems(Language::None), "Mugs"), ["mugs"]);
        assert_eq!(
            seen(without_fillers(Language::English), "a mug for the garden"),
            ["mug", "garden"]
        );
    }

    #[test]
    fn each_letter_is_a_word_where_no_spaces_are_written() {
        assert_eq!(seen(words(), "緑茶 mug"), ["緑", "茶", "mug"]);
    }
}
