//! Finds texts by their words: in their stems (`mugs` finds a mug), half typed, and with a letter wrong. It knows a text
//! by its number, and nothing of what the texts are about: whether what is found may be shown, and in which order, is
//! for who asks.
//!
//! The texts are kept in a folder as an index of [tantivy], which one process at a time writes ([`Keeper`]) and any
//! number of its threads search ([`Finder`]). Nothing in the folder is needed: what is lost or damaged is made anew from
//! the texts.

mod analyzer;
mod error;
mod fields;
mod find;
mod keep;
mod language;
mod open;
mod typo;
mod wanted;

pub use error::{Error, Result};
pub use find::{Correction, Finder, Found, Hit};
pub use keep::Keeper;
pub use language::Language;
pub use open::open;

/// A text to be found. A word in its title counts most, then one in the name of who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text<'t> {
    /// What it is called.
    pub title: &'t str,
    /// The name of who made it.
    pub maker: &'t str,
    /// All else.
    pub body: &'t str,
}
