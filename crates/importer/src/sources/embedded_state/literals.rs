//! The object literals in a script.

use crate::json;
use serde_json::Value;

/// Bytes of script that are read on one page.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Literals tried in one script, and the bytes they may have together: code is full of brackets.
const MOST_LITERALS: usize = 400;
const MOST_LITERAL_BYTES: usize = 6 * 1024 * 1024;
/// Bytes of data inside of strings that are read in one literal.
pub const MOST_NESTED_BYTES: usize = 2 * 1024 * 1024;
/// Shorter ones hold no product.
const SHORTEST: usize = 30;

/// Hands over every literal of a script that may be data.
pub fn each(text: &str, mut take: impl FnMut(Value)) {
    let trimmed = text.trim_start();
    if trimmed.starts_with(['{', '[']) {
        if let Some(value) = json::read(trimmed) {
            take(value);
        }
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut tried = 0;
    let mut bytes_left = MOST_LITERAL_BYTES;
    while let Some(byte) = bytes.get(at) {
        let is_opening = matches!(byte, b'{' | b'[') && follows_assignment(bytes, at);
        if is_opening {
            let Some(rest) = text.get(at..) else { break };
            let end = json::balanced_end(rest).unwrap_or(1);
            tried += 1;
            bytes_left = bytes_left.saturating_sub(end);
            if tried > MOST_LITERALS || bytes_left == 0 {
                break;
            }
            let literal = rest.get(..end).unwrap_or_default();
            if end >= SHORTEST
                && looks_like_data(literal)
                && let Some((value, _)) = json::read_prefix(literal)
            {
                take(value);
                at += end;
                continue;
            }
        } else if *byte == b'J'
            && text
                .get(at..)
                .is_some_and(|rest| rest.starts_with("JSON.parse("))
        {
            let rest = text.get(at + "JSON.parse(".len()..).unwrap_or_default();
            if let Some(value) = parsed(rest) {
                take(value);
            }
        }
        at += 1;
    }
}

/// Could a string of some data be data itself?
pub fn may_hold_data(text: &str) -> bool {
    text.len() > SHORTEST && text.contains("\":") && text.contains(['{', '['])
}

/// Hands over the data in a string: JSON, or the numbered lines (`1a:["$", …]`) that React streams its pages in.
pub fn each_nested(text: &str, mut take: impl FnMut(Value)) {
    for line in text.lines() {
        let line = line.trim_start();
        let data = match line.split_once(':') {
            Some((number, rest))
                if number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                rest
            }
            _ => line,
        };
        if data.starts_with(['{', '['])
            && data.len() > SHORTEST
            && let Some((value, _)) = json::read_prefix(data)
        {
            take(value);
        }
    }
}

/// Is the bracket a value that is assigned or passed, rather than a block?
fn follows_assignment(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    let before = before.trim_ascii_end();
    match before.last() {
        Some(b'=') => !before.ends_with(b"==") && !before.ends_with(b"=>"),
        Some(b'(' | b',') => true,
        Some(b':') => !before.ends_with(b"::"),
        _ => before.ends_with(b"return"),
    }
}

/// Data has quoted or named members, and code has statements.
fn looks_like_data(literal: &str) -> bool {
    let inner = literal.get(1..).unwrap_or_default().trim_start();
    match inner.as_bytes().first() {
        Some(b'"' | b'\'' | b'{' | b'[') => true,
        _ => {
            let name = inner
                .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'))
                .next()
                .unwrap_or_default();
            !name.is_empty()
                && inner
                    .get(name.len()..)
                    .is_some_and(|after| after.trim_start().starts_with(':'))
        }
    }
}

/// `JSON.parse("…")`: a literal in a string.
fn parsed(text: &str) -> Option<Value> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut end = 1;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 1,
            byte if char::from(*byte) == quote => break,
            _ => {}
        }
        end += 1;
    }
    let (wrapped, _) = json::read_prefix(&format!("[{}]", text.get(..=end)?))?;
    json::read(wrapped.get(0)?.as_str()?)
}
