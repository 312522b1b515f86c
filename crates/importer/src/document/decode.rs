//! Bytes to text by the web's rules: byte order mark, header, `<meta>`, and a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far in a `<meta charset>` counts. Browsers look at 1024 bytes; many shops put theirs after that.
const META_WITHIN: usize = 64 * 1024;
/// How much of the page the guess looks at.
const GUESS_FROM: usize = 256 * 1024;

/// The page's text, or nothing if these bytes are not text.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Option<String> {
    if is_binary(bytes) {
        return None;
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode(bytes).0.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let declared = content_type
        .and_then(charset_parameter)
        .or_else(|| meta_charset(bytes))
        .filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| guess(bytes));
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Fewer letters than this outside of ASCII say nothing about a language.
const ENOUGH_TO_GUESS: usize = 16;

fn guess(bytes: &[u8]) -> &'static Encoding {
    if bytes
        .iter()
        .filter(|byte| !byte.is_ascii())
        .take(ENOUGH_TO_GUESS)
        .count()
        < ENOUGH_TO_GUESS
    {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (seen, rest) = bytes.split_at(bytes.len().min(GUESS_FROM));
    detector.feed(seen, rest.is_empty());
    detector.guess(None, Utf8Detection::Allow)
}

fn charset_parameter(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let (_, after) = lower.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label
        .find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
        .unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(META_WITHIN))?;
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.match_indices("<meta").find_map(|(at, _)| {
        let tag = text.get(at..)?;
        charset_parameter(tag.get(..tag.find('>')?)?)
    })
}

/// Markup has no NUL bytes to speak of, and doesn't begin like a picture or an archive.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 8] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"RIFF",
        b"%PDF",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\0\0\0",
    ];
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    MAGIC.iter().any(|magic| bytes.starts_with(magic)) || zeros * 10 > head.len()
}
