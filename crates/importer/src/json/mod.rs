//! JSON as shops write it: with comments, trailing commas, raw line ends, entities, or as a script's object literal.
//!
//! What is right is read by `serde_json`. What isn't is read by a reader of our own, because mending libraries
//! recurse without a limit or take quadratic time, and this text comes from strangers. Both are bounded: a text that
//! would need too much memory as a tree is not read at all.

use serde_json::Value;

mod lenient;

/// The most bytes one tree may need, by [`cost`].
const MOST_MEMORY: usize = 24 * 1024 * 1024;

/// Reads a whole text as one JSON value, mending what is broken. Nothing if it isn't JSON at all.
#[must_use]
pub fn read(text: &str) -> Option<Value> {
    let text = unwrap(text);
    if text.is_empty() || cost(text) > MOST_MEMORY {
        return None;
    }
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    if !text.contains('"') && text.contains("&quot;") {
        let decoded = text.replace("&quot;", "\"").replace("&amp;", "&");
        return serde_json::from_str(&decoded)
            .ok()
            .or_else(|| lenient::read(&decoded).map(|(value, _)| value));
    }
    lenient::read(text).map(|(value, _)| value)
}

/// Reads the object or array that a text begins with, and says how many bytes it took. What comes after doesn't
/// matter: this is for `var product = {…}; more();`.
#[must_use]
pub fn read_prefix(text: &str) -> Option<(Value, usize)> {
    let end = balanced_end(text)?;
    let literal = text.get(..end)?;
    if cost(literal) > MOST_MEMORY {
        return None;
    }
    match serde_json::from_str(literal) {
        Ok(value) => Some((value, end)),
        Err(_) => lenient::read(literal),
    }
}

/// Where the bracket that a text begins with is closed; the whole text if it never is.
#[must_use]
pub fn balanced_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !matches!(bytes.first(), Some(b'{' | b'[')) {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'"' | b'\'' | b'`' => at = string_end(bytes, at, *byte),
            _ => {}
        }
        at += 1;
    }
    Some(text.len())
}

/// Where the string that begins at `at` ends: the place of its closing quote.
fn string_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            byte if *byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Takes off what scripts are wrapped in: comments, CDATA, a trailing semicolon.
fn unwrap(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    loop {
        let before = text;
        for opening in [
            "<!--",
            "//<![CDATA[",
            "// <![CDATA[",
            "/*<![CDATA[*/",
            "/* <![CDATA[ */",
            "<![CDATA[",
        ] {
            text = text.strip_prefix(opening).unwrap_or(text).trim_start();
        }
        for closing in [
            "-->",
            "//]]>",
            "// ]]>",
            "/*]]>*/",
            "/* ]]> */",
            "]]>",
            "//",
            ";",
        ] {
            text = text.strip_suffix(closing).unwrap_or(text).trim_end();
        }
        if text == before {
            return text;
        }
    }
}

/// About how many bytes a text needs as a tree. An object is dear: its map takes room for eleven entries at once.
fn cost(text: &str) -> usize {
    text.len()
        + text
            .bytes()
            .map(|byte| match byte {
                b'{' => 700,
                b'[' | b',' => 48,
                _ => 0,
            })
            .sum::<usize>()
}

/// The first member of an object whose key is one of `keys`, whatever the case; keys are tried in their order.
#[must_use]
pub fn member<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    let object = value.as_object()?;
    keys.iter().find_map(|key| {
        object
            .get(*key)
            .or_else(|| {
                object
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case(key))
                    .map(|(_, value)| value)
            })
            .filter(|value| !value.is_null())
    })
}

/// A text, number or truth value as text; the first of an array.
#[must_use]
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(as_text),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// A value as a list: an array's values, or the value itself.
#[must_use]
pub fn as_list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        single => std::slice::from_ref(single),
    }
}
