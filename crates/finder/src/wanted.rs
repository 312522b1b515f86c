//! What is looked for, from what was typed.

use crate::analyzer::{readable, stems, taken, without_fillers, words};
use crate::fields::Fields;
use crate::{Correction, Language, Result, typo};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

/// Words that count; more only narrow what six have narrowed enough.
const MOST_WORDS: usize = 6;

/// A shorter beginning stands for too many words.
const SHORTEST_BEGINNING: usize = 2;

/// How much a word counts where it stands.
const IN_TITLE: Score = 3.0;
const IN_MAKER: Score = 2.0;
const IN_BODY: Score = 1.0;

/// A word of a title that only begins as was typed counts about as one in a body.
const BEGINS: Score = 2.0;

/// What standing in several places adds to the best of them.
const ELSEWHERE: Score = 0.1;

/// A search.
pub struct Wanted {
    pub query: Box<dyn Query>,
    pub corrections: Vec<Correction>,
}

impl Wanted {
    /// `None` when there is no word in what was typed.
    pub fn of(
        typed: &str,
        searcher: &Searcher,
        fields: Fields,
        language: Language,
    ) -> Result<Option<Wanted>> {
        let typed = readable(typed);
        let mut asked = taken(&mut without_fillers(language), &typed);
        if asked.is_empty() {
            asked = taken(&mut words(), &typed);
        }
        asked.truncate(MOST_WORDS);
        let is_unfinished = !typed.ends_with(' ');
        let look = Look {
            searcher,
            fields,
            language,
        };
        let mut queries = Vec::with_capacity(asked.len());
        let mut corrections = Vec::new();
        for (at, word) in asked.iter().enumerate() {
            let may_go_on = is_unfinished && at + 1 == asked.len();
            let (query, correction) = look.for_word(word, may_go_on)?;
            queries.extend(query);
            corrections.extend(correction);
        }
        let query: Box<dyn Query> = match (queries.pop(), asked.is_empty()) {
            (_, true) => return Ok(None),
            (None, _) => {
                corrections.clear();
                Box::new(EmptyQuery)
            }
            (Some(only), _) if queries.is_empty() => only,
            (Some(last), _) => {
                queries.push(last);
                Box::new(BooleanQuery::intersection(queries))
            }
        };
        Ok(Some(Wanted { query, corrections }))
    }
}

/// What is asked for a word, and what it was taken for.
type ForWord = (Option<Box<dyn Query>>, Option<Correction>);

struct Look<'s> {
    searcher: &'s Searcher,
    fields: Fields,
    language: Language,
}

impl Look<'_> {
    /// Texts with this word, or with the nearest ones that there are when no text holds it; none when there are none.
    fn for_word(&self, word: &str, may_go_on: bool) -> Result<ForWord> {
        let (searcher, fields) = (self.searcher, self.fields);
        let beginning = may_go_on && word.chars().count() >= SHORTEST_BEGINNING;
        if self.is_known(word)? || (beginning && typo::is_beginning(searcher, fields, word)?) {
            return Ok((Some(self.anywhere(word, beginning)), None));
        }
        let nearest = typo::nearest(searcher, fields, word, beginning)?;
        let correction = Correction {
            typed: word.to_owned(),
            taken: nearest.first().cloned(),
        };
        let places: Vec<_> = nearest
            .iter()
            .map(|word| self.anywhere(word, false))
            .collect();
        let query = (!places.is_empty())
            .then(|| -> Box<dyn Query> { Box::new(DisjunctionMaxQuery::new(places)) });
        Ok((query, Some(correction)))
    }

    /// Some text holds it, whatever its ending.
    fn is_known(&self, word: &str) -> Result<bool> {
        let stem = self.stem(word);
        let places = [
            (self.fields.title, &*stem),
            (self.fields.body, &*stem),
            (self.fields.maker, word),
        ];
        for (field, word) in places {
            if self
                .searcher
                .doc_freq(&Term::from_field_text(field, word))?
                > 0
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The word in any place; with `beginning`, also a word of title or maker that begins with it.
    fn anywhere(&self, word: &str, beginning: bool) -> Box<dyn Query> {
        let stem = self.stem(word);
        let mut places = vec![
            holds(self.fields.title, &stem, IN_TITLE),
            holds(self.fields.maker, word, IN_MAKER),
            holds(self.fields.body, &stem, IN_BODY),
        ];
        if beginning {
            let begins =
                FuzzyTermQuery::new_prefix(Term::from_field_text(self.fields.words, word), 0, true);
            places.push(Box::new(ConstScoreQuery::new(Box::new(begins), BEGINS)));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(places, ELSEWHERE))
    }

    fn stem(&self, word: &str) -> String {
        let stem = taken(&mut stems(self.language), word).pop();
        stem.unwrap_or_else(|| word.to_owned())
    }
}

fn holds(field: Field, word: &str, counts: Score) -> Box<dyn Query> {
    let term = Term::from_field_text(field, word);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), counts))
}
