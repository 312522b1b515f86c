use crate::fields::{FINGERPRINT, Fields, NUMBER};
use crate::wanted::Wanted;
use crate::{Language, Result};
use std::ops::ControlFlow;
use std::sync::Arc;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocSet, IndexReader, Score, SegmentReader, TERMINATED};

/// So many are told at a time.
const AT_ONCE: usize = 4096;

/// Searches the texts that were saved. Cheap to clone.
#[derive(Clone)]
pub struct Finder {
    reader: Arc<IndexReader>,
    fields: Fields,
    language: Language,
}

/// A text that holds every word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The text's number.
    pub number: i64,
    /// How well the words fit; more is better.
    pub score: f32,
}

/// A word that no text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// As it was typed.
    pub typed: String,
    /// The word that was looked for instead; `None` when it was left out, since there is none like it.
    pub taken: Option<String>,
}

/// What came of a search, beside its hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The words that no text holds, unless all are.
    pub corrections: Vec<Correction>,
    /// It was ended early: not all texts were looked at.
    pub is_cut_off: bool,
}

impl Finder {
    pub(crate) fn new(reader: IndexReader, fields: Fields, language: Language) -> Finder {
        Finder {
            reader: Arc::new(reader),
            fields,
            language,
        }
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    pub(crate) fn look_again(&self) -> Result<()> {
        Ok(self.reader.reload()?)
    }

    /// How many texts there are.
    #[must_use]
    pub fn texts(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Tells of every text that holds all the words that were typed, some thousands at a time and in no order, until
    /// `hits` breaks it off. Its last word may be half typed. How well texts fit is only worked out if it `counts`. `None`
    /// when there is no word in it.
    ///
    /// # Errors
    /// [`crate::Error::Index`].
    pub fn find(
        &self,
        typed: &str,
        counts: bool,
        mut hits: impl FnMut(&[Hit]) -> ControlFlow<()>,
    ) -> Result<Option<Found>> {
        let searcher = self.reader.searcher();
        let Some(Wanted { query, corrections }) =
            Wanted::of(typed, &searcher, self.fields, self.language)?
        else {
            return Ok(None);
        };
        let scoring = match counts {
            true => EnableScoring::enabled_from_searcher(&searcher),
            false => EnableScoring::disabled_from_searcher(&searcher),
        };
        let weight = query.weight(scoring)?;
        let mut is_cut_off = false;
        for segment in searcher.segment_readers() {
            if find_in(segment, &*weight, counts, &mut hits)?.is_break() {
                is_cut_off = true;
                break;
            }
        }
        Ok(Some(Found {
            corrections,
            is_cut_off,
        }))
    }

    /// The fingerprint of the text with this number; `None` when there is none.
    pub(crate) fn fingerprint_of(&self, number: i64) -> Result<Option<u64>> {
        let term = self.fields.by_number(number);
        for segment in self.reader.searcher().segment_readers() {
            let index = segment.inverted_index(self.fields.number)?;
            let Some(mut texts) = index.read_postings(&term, Default::default())? else {
                continue;
            };
            while texts.doc() != TERMINATED {
                if !segment.is_deleted(texts.doc()) {
                    let fingerprints = segment.fast_fields().u64(FINGERPRINT)?;
                    return Ok(fingerprints.first(texts.doc()));
                }
                texts.advance();
            }
        }
        Ok(None)
    }
}

fn find_in(
    segment: &SegmentReader,
    weight: &dyn Weight,
    counts: bool,
    hits: &mut impl FnMut(&[Hit]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    const AS_IT_IS: Score = 1.0;
    let numbers = segment.fast_fields().i64(NUMBER)?;
    let mut texts = weight.scorer(segment, AS_IT_IS)?;
    let mut told = Vec::with_capacity(AT_ONCE);
    let (mut at, mut scores) = (Vec::with_capacity(AT_ONCE), Vec::with_capacity(AT_ONCE));
    let mut numbered = vec![None; AT_ONCE];
    loop {
        let text = texts.doc();
        if text != TERMINATED && !segment.is_deleted(text) {
            at.push(text);
            scores.push(if counts { texts.score() } else { 0.0 });
        }
        if at.len() == AT_ONCE || text == TERMINATED {
            let numbered = &mut numbered[..at.len()];
            // Together, which is quicker than one after the other.
            numbers.first_vals(&at, numbered);
            let both = numbered.iter().zip(&scores);
            told.extend(both.filter_map(|(number, score)| {
                number.map(|number| Hit {
                    number,
                    score: *score,
                })
            }));
            if !told.is_empty() && hits(&told).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            told.clear();
            at.clear();
            scores.clear();
        }
        if text == TERMINATED {
            return Ok(ControlFlow::Continue(()));
        }
        texts.advance();
    }
}
