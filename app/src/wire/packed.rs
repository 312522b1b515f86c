//! Values as the server gives them to its own pages: [postcard](https://postcard.jamesmunns.com), which writes no names.
//!
//! Both sides have to be of one build, which [`reading`](super::reading) sees to. It is a third of the code that JSON
//! takes in the browser.

use crate::error::{AppError, AppResult};
use leptos::server::codee::{Decoder, Encoder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// The type of a packed answer.
pub const CONTENT_TYPE: &str = "application/octet-stream";

/// A value without names.
///
/// # Errors
/// [`AppError::Internal`] for what has no length before it is written, which no view has.
pub fn pack(value: &impl Serialize) -> AppResult<Vec<u8>> {
    postcard::to_allocvec(value).map_err(|_| AppError::Internal {
        request_id: String::new(),
    })
}

/// The value again.
///
/// # Errors
/// [`AppError::NotUnderstood`] for anything else.
pub fn unpack<T: DeserializeOwned>(packed: &[u8]) -> AppResult<T> {
    match postcard::take_from_bytes(packed) {
        Ok((value, [])) => Ok(value),
        _ => Err(AppError::NotUnderstood),
    }
}

/// A value on its way: only who reads it has to know how. It travels as text, which JSON does not blow up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried<T>(String, PhantomData<fn() -> T>);

impl<T: Serialize + DeserializeOwned> Carried<T> {
    /// Packs it.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn of(value: &T) -> AppResult<Self> {
        Ok(Carried(to_text(&pack(value)?), PhantomData))
    }

    /// The value again.
    ///
    /// # Errors
    /// As [`unpack`].
    pub fn read(&self) -> AppResult<T> {
        read_text(&self.0)
    }
}

/// The value in a text.
///
/// # Errors
/// As [`unpack`].
pub fn read_text<T: DeserializeOwned>(text: &str) -> AppResult<T> {
    unpack(&from_text(text).ok_or(AppError::NotUnderstood)?)
}

/// How a value stands in a page, for the library's own ways of sending one along.
pub struct InPage;

impl<T: Serialize> Encoder<T> for InPage {
    type Error = AppError;
    type Encoded = String;

    fn encode(value: &T) -> AppResult<String> {
        pack(value).map(|packed| to_text(&packed))
    }
}

impl<T: DeserializeOwned> Decoder<T> for InPage {
    type Error = AppError;
    type Encoded = str;

    fn decode(text: &str) -> AppResult<T> {
        read_text(text)
    }
}

/// Bytes that are no printable ASCII are written as the characters from here on; `<` too, which the library writes into a
/// script as an escape of JSON, and this is none.
const OTHERS: u32 = 0x100;

/// Bytes as characters. Words stay words, so that a compressed page has them once.
#[must_use]
pub fn to_text(packed: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        b' '..=b';' | b'='..=b'~' => char::from(*byte),
        other => char::from_u32(OTHERS + u32::from(*other)).unwrap_or_default(),
    };
    packed.iter().map(character).collect()
}

/// The bytes again; nothing for other characters.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let byte = |character: char| match character {
        ' '..='~' => u8::try_from(character).ok(),
        other => u8::try_from(u32::from(other).checked_sub(OTHERS)?).ok(),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::{from_text, pack, to_text, unpack};
    use crate::error::AppError;

    #[test]
    fn every_byte_comes_back_from_a_text() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = to_text(&bytes);
        assert!(text.contains("=>?@ABC"));
        assert!(!text.contains('<'));
        assert!(text.chars().all(|c| !c.is_control()));
        assert_eq!(from_text(&text), Some(bytes));
        assert_eq!(from_text("\n"), None);
        assert_eq!(from_text("\u{200}"), None);
    }

    #[test]
    fn what_is_too_long_or_too_short_is_not_understood() {
        let packed = pack(&(1_i64, "two")).unwrap();
        assert_eq!(unpack::<(i64, String)>(&packed), Ok((1, "two".to_owned())));
        assert_eq!(unpack::<i64>(&packed), Err(AppError::NotUnderstood));
        assert_eq!(
            unpack::<(i64, String, i64)>(&packed),
            Err(AppError::NotUnderstood)
        );
    }
}
