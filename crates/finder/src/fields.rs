use crate::analyzer::{WORDS_NAME, readable, stems_name};
use crate::{Language, Text};
use std::hash::{DefaultHasher, Hash, Hasher};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

/// The columns that are read by name.
pub const NUMBER: &str = "number";
pub const FINGERPRINT: &str = "fingerprint";

/// What is kept of a text.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    pub number: Field,
    /// Whether a text is still the one that was put in.
    pub fingerprint: Field,
    /// The stems of its title.
    pub title: Field,
    /// Its maker's name as it is written.
    pub maker: Field,
    /// The stems of all else.
    pub body: Field,
    /// Title and maker's name as they are written: words that are half typed, or wrong, are looked up here.
    pub words: Field,
}

impl Fields {
    pub fn of(language: Language) -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let cut_by = |name: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(name)
                .set_index_option(IndexRecordOption::WithFreqs);
            TextOptions::default().set_indexing_options(indexing)
        };
        let stems = cut_by(&stems_name(language));
        let words = cut_by(WORDS_NAME);
        let fields = Fields {
            number: schema.add_i64_field(NUMBER, INDEXED | FAST),
            fingerprint: schema.add_u64_field(FINGERPRINT, FAST),
            title: schema.add_text_field("title", stems.clone()),
            maker: schema.add_text_field("maker", words.clone()),
            body: schema.add_text_field("body", stems),
            words: schema.add_text_field("words", words),
        };
        (schema.build(), fields)
    }

    pub fn document(&self, number: i64, text: &Text<'_>) -> TantivyDocument {
        let [title, maker, body] = [text.title, text.maker, text.body].map(readable);
        let mut document = TantivyDocument::default();
        document.add_i64(self.number, number);
        document.add_u64(self.fingerprint, fingerprint(text));
        document.add_text(self.words, format!("{title} {maker}"));
        document.add_text(self.title, title);
        document.add_text(self.maker, maker);
        document.add_text(self.body, body);
        document
    }

    pub fn by_number(&self, number: i64) -> Term {
        Term::from_field_i64(self.number, number)
    }
}

/// Equal for equal texts. It may be another one by another release of the compiler: then texts are put in once more.
pub fn fingerprint(text: &Text<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
