//! A page in pieces, and putting it together for a guest.

use super::gzip::{self, Packed, Writer};
use crate::accepted::takes;
use app::server::guest::{self, Own};
use axum::body::{Body, Bytes};
use axum::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, SET_COOKIE, VARY,
};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use market::{Market, random_code};
use std::sync::OnceLock;

/// What is kept of a page beside its text, in bytes.
const ENTRY: usize = 1024;

/// Before a nonce in a policy, and after it.
const NONCE: (&str, char) = ("'nonce-", '\'');

/// A page without the words that are each guest's own.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    headers: HeaderMap,
    /// The policy before its nonce and after it.
    policy: (String, String),
    /// What stands before each word, and after the last.
    texts: Vec<Bytes>,
    words: Vec<Word>,
    length: Lengths,
    packed: OnceLock<Option<Vec<Packed>>>,
    welcomes: bool,
}

/// What stands in a page that is a guest's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// The random half of her page's token, of which its forms' keys are made too.
    Salt,
    /// The other half, which only this server can make.
    Hash,
    /// What her page's scripts are known by.
    Nonce,
}

#[derive(Debug)]
struct Lengths {
    whole: usize,
    salt: usize,
    hash: usize,
    nonce: usize,
}

impl Lengths {
    fn of(&self, word: Word) -> usize {
        match word {
            Word::Salt => self.salt,
            Word::Hash => self.hash,
            Word::Nonce => self.nonce,
        }
    }
}

/// One guest's words.
struct Words {
    salt: String,
    hash: String,
    nonce: String,
}

impl Words {
    fn word(&self, word: Word) -> &str {
        match word {
            Word::Salt => &self.salt,
            Word::Hash => &self.hash,
            Word::Nonce => &self.nonce,
        }
    }
}

/// The two halves of a token.
fn halves(token: &str) -> Option<(&str, &str)> {
    let (salt, rest) = token.split_once('.')?;
    let (_, hash) = rest.rsplit_once('.')?;
    (!salt.is_empty() && !hash.is_empty()).then_some((salt, hash))
}

impl Page {
    /// Takes a page apart that was made with this token; `None` when it is not one of ours.
    pub fn of(parts: &Parts, text: &Bytes, token: &str, welcomes: bool) -> Option<Page> {
        let mut headers = parts.headers.clone();
        let policy = headers.remove(CONTENT_SECURITY_POLICY)?;
        let (before, rest) = policy.to_str().ok()?.split_once(NONCE.0)?;
        let (nonce, after) = rest.split_once(NONCE.1)?;
        let (salt, hash) = halves(token)?;
        let own = [(salt, Word::Salt), (hash, Word::Hash), (nonce, Word::Nonce)];
        let (texts, words) = taken_apart(text, &own);
        for of_this_answer in [CONTENT_LENGTH, SET_COOKIE] {
            headers.remove(of_this_answer);
        }
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
        Some(Page {
            status: parts.status,
            policy: (
                format!("{before}{}", NONCE.0),
                format!("{}{after}", NONCE.1),
            ),
            length: Lengths {
                whole: text.len(),
                salt: salt.len(),
                hash: hash.len(),
                nonce: nonce.len(),
            },
            headers,
            texts,
            words,
            packed: OnceLock::new(),
            welcomes,
        })
    }

    /// Whether there is such a page.
    pub fn is_found(&self) -> bool {
        self.status == StatusCode::OK
    }

    /// What it takes, packed copy included, in bytes.
    pub fn weight(&self) -> usize {
        // Pages get at least four times as small.
        ENTRY + self.length.whole + self.length.whole / 4
    }

    /// The page for whoever asks with these headers.
    pub fn answer(&self, market: &Market, asked: &HeaderMap) -> Response {
        let Own { token, cookies } = guest::own(market, asked, self.welcomes);
        let (salt, hash) = halves(&token).unwrap_or_default();
        let words = Words {
            salt: salt.to_owned(),
            hash: hash.to_owned(),
            nonce: random_code(self.length.nonce),
        };
        let packed = takes(asked, "gzip")
            .then(|| self.packed().map(|packed| self.packed_for(packed, &words)))
            .flatten();
        let is_packed = packed.is_some();
        let body = packed.unwrap_or_else(|| self.plain_for(&words));
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.clone_from(&self.headers);
        if is_packed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let policy = format!("{}{}{}", self.policy.0, words.nonce, self.policy.1);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }

    fn plain_for(&self, words: &Words) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.length.whole);
        for (at, before) in self.texts.iter().enumerate() {
            text.extend_from_slice(before);
            if let Some(word) = self.words.get(at) {
                text.extend_from_slice(words.word(*word).as_bytes());
            }
        }
        text
    }

    fn packed(&self) -> Option<&[Packed]> {
        self.packed
            .get_or_init(|| {
                let words = self.words.iter().map(|word| self.length.of(*word));
                gzip::pack(self.texts.iter().map(|text| &**text), words)
            })
            .as_deref()
    }

    fn packed_for(&self, packed: &[Packed], words: &Words) -> Vec<u8> {
        let own = self.words.iter().map(|word| words.word(*word).len());
        let room = gzip::beside(own) + packed.iter().map(Packed::len).sum::<usize>();
        let mut page = Writer::new(room);
        for (at, before) in packed.iter().enumerate() {
            page.packed(before);
            if let Some(word) = self.words.get(at) {
                page.word(words.word(*word));
            }
        }
        // Each word is as long as the one in whose place it stands.
        page.end(self.length.whole)
    }
}

/// What stands between `own` words in a text, and which they are.
fn taken_apart(text: &Bytes, own: &[(&str, Word)]) -> (Vec<Bytes>, Vec<Word>) {
    let (mut texts, mut words) = (Vec::new(), Vec::new());
    let mut begun = 0;
    let mut at = 0;
    while at < text.len() {
        let found = own
            .iter()
            .find(|(word, _)| !word.is_empty() && text[at..].starts_with(word.as_bytes()));
        match found {
            Some((word, kind)) => {
                texts.push(text.slice(begun..at));
                words.push(*kind);
                at += word.len();
                begun = at;
            }
            None => at += 1,
        }
    }
    texts.push(text.slice(begun..));
    (texts, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart_at_its_own_words() {
        let text = Bytes::from_static(b"<a nonce=N1>S-1 S..H</a>S");
        let own = [("S", Word::Salt), ("H", Word::Hash), ("N1", Word::Nonce)];
        let (texts, words) = taken_apart(&text, &own);
        assert_eq!(texts, ["<a nonce=", ">", "-1 ", "..", "</a>", ""]);
        assert_eq!(
            words,
            [Word::Nonce, Word::Salt, Word::Salt, Word::Hash, Word::Salt]
        );
    }

    #[test]
    fn a_token_has_two_halves() {
        assert_eq!(halves("salt..hash"), Some(("salt", "hash")));
        assert_eq!(halves("salt.7.hash"), Some(("salt", "hash")));
        assert_eq!(halves("salt"), None);
        assert_eq!(halves(""), None);
    }
}
