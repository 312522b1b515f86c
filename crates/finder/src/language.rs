use std::fmt;
use std::str::FromStr;
use tantivy::tokenizer as library;

macro_rules! languages {
    ($($language:ident = $word:literal,)+) => {
        /// The language in which words have their endings. Words of other languages are found as they are written.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Language {
            $(#[doc = concat!("`", $word, "`")] $language,)+
            /// Words are found as they are written.
            #[default]
            None,
        }

        impl Language {
            /// All of them.
            pub const ALL: &[Language] = &[$(Language::$language,)+ Language::None];

            /// Its name in settings.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Language::$language => $word,)+
                    Language::None => "none",
                }
            }

            pub(crate) const fn of_library(self) -> Option<library::Language> {
                match self {
                    $(Language::$language => Some(library::Language::$language),)+
                    Language::None => None,
                }
            }
        }
    };
}

languages! {
    Arabic = "arabic",
    Danish = "danish",
    Dutch = "dutch",
    English = "english",
    Finnish = "finnish",
    French = "french",
    German = "german",
    Greek = "greek",
    Hungarian = "hungarian",
    Italian = "italian",
    Norwegian = "norwegian",
    Portuguese = "portuguese",
    Romanian = "romanian",
    Russian = "russian",
    Spanish = "spanish",
    Swedish = "swedish",
    Tamil = "tamil",
    Turkish = "turkish",
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(word: &str) -> Result<Language, ()> {
        let known = Language::ALL.iter().find(|known| known.as_str() == word);
        known.copied().ok_or(())
    }
}
