//! The words that there are, near one that there is not.

use crate::Result;
use crate::fields::Fields;
use std::collections::HashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

/// Words that are looked for at most instead of one.
const MOST: usize = 8;

/// Words in which so many letters are wrong are looked at, at most: a short word is near to a great many.
const LOOKED_AT: usize = 5_000;

/// A shorter word is nearly any other.
const SHORTEST: usize = 3;

/// From so many letters on two may be wrong.
const LONG: usize = 7;

/// Whether a word of a title or maker begins so.
pub fn is_beginning(searcher: &Searcher, fields: Fields, word: &str) -> Result<bool> {
    Ok(!near(searcher, fields, word, 0, true, 1)?.is_empty())
}

/// The words of titles and makers nearest to one, those first that stand in most texts. Letters that changed places
/// count as one that is wrong.
pub fn nearest(
    searcher: &Searcher,
    fields: Fields,
    word: &str,
    may_go_on: bool,
) -> Result<Vec<String>> {
    let letters = word.chars().count();
    if letters < SHORTEST {
        return Ok(Vec::new());
    }
    let most_wrong = if letters < LONG { 1 } else { 2 };
    for wrong in 1..=most_wrong {
        // The whole word before a beginning: `cermic` is ceramic before it is a beginning of anything.
        for goes_on in [false, may_go_on] {
            let found = near(searcher, fields, word, wrong, goes_on, LOOKED_AT)?;
            if !found.is_empty() {
                return Ok(best(found, word));
            }
        }
    }
    Ok(Vec::new())
}

/// Hardly anybody has the first letter wrong.
fn best(found: HashMap<String, u64>, word: &str) -> Vec<String> {
    let first = word.chars().next();
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable_by_key(|(near, texts)| {
        let is_other = near.chars().next() != first;
        (is_other, std::cmp::Reverse(*texts), near.clone())
    });
    let words = found.into_iter().map(|(near, _)| near);
    words.take(MOST).collect()
}

/// Words within so many wrong letters, and how many texts hold each.
fn near(
    searcher: &Searcher,
    fields: Fields,
    word: &str,
    wrong: u8,
    goes_on: bool,
    most: usize,
) -> Result<HashMap<String, u64>> {
    let term = Term::from_field_text(fields.words, word);
    let query = match goes_on {
        true => FuzzyTermQuery::new_prefix(term, wrong, true),
        false => FuzzyTermQuery::new(term, wrong, true),
    };
    let mut found = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.words)?;
        let mut words = index.terms().search(query.automaton()?).into_stream()?;
        while found.len() < most && words.advance() {
            if let Ok(near) = std::str::from_utf8(words.key()) {
                let texts = u64::from(words.value().doc_freq);
                *found.entry(near.to_owned()).or_insert(0) += texts;
            }
        }
    }
    Ok(found)
}
