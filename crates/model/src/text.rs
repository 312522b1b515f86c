//! Text from outside, freed of what can mislead and of nothing else.

/// A text of one line as it is kept: composed, trimmed, without what can't be seen and does no work.
#[must_use]
pub fn clean(text: &str) -> String {
    let lines = clean_prose(text);
    match lines.contains('\n') {
        true => lines
            .split('\n')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned(),
        false => lines,
    }
}

/// Like [`clean`], for a text that may have several lines.
#[must_use]
pub fn clean_prose(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = None;
    let mut joined = false;
    let text = text.replace("\r\n", "\n");
    for c in text.chars() {
        let c = match c {
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            c => c,
        };
        let stays = if is_unseen(c) {
            // One of them does all the work that any number would.
            !joined && before.is_some_and(|before| works_after(c, before))
        } else {
            c == '\n' || !is_refused(c)
        };
        if stays {
            kept.push(c);
        }
        if !is_unseen(c) {
            before = Some(c);
            joined = false;
        } else if stays {
            joined = !is_tag(c);
        }
    }
    nfc(&kept)
        .trim_matches(|c: char| c.is_whitespace())
        .to_owned()
}

/// Whether anything of a text can be seen.
#[must_use]
pub fn can_be_seen(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace() && !is_unseen(c) && !is_refused(c) && !is_mark(c) && !is_blank_letter(c)
    })
}

/// Text as it may come further in than the door: what no person types and no database takes stands as `U+FFFD` then,
/// so that it is found to be nothing rather than taken for something else. `None` when there is nothing of that kind.
#[must_use]
pub fn at_the_door(text: &str) -> Option<String> {
    let refused = |c: char| {
        let space = matches!(c, '\t' | '\n' | '\r');
        (c.is_control() && !space) || is_noncharacter(c)
    };
    text.contains(refused)
        .then(|| text.replace(refused, "\u{fffd}"))
}

/// Characters without a shape: joiners, marks of direction, selectors of a variant, tags.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that stand on the letter before them and that many leave out: accents, points of Hebrew, vowels of Arabic.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// What has no place in a text that people read: controls, code points that are none, what a decoder could not read.
fn is_refused(c: char) -> bool {
    c.is_control() || is_noncharacter(c) || c == '\u{fffd}'
}

fn is_noncharacter(c: char) -> bool {
    let at = u32::from(c);
    at & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&at)
}

/// Letters that look like a space.
fn is_blank_letter(c: char) -> bool {
    matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    )
}

/// Whether an unseen character does something after the letter that stands before it.
fn works_after(unseen: char, before: char) -> bool {
    let at = u32::from(before);
    match unseen {
        // Joins or parts letters of scripts that join them, and makes one picture of several.
        '\u{200c}' => joins(at),
        '\u{200d}' => joins(at) || is_pictured(at),
        // Says where a word may end, in scripts without spaces.
        '\u{200b}' => {
            matches!(at, 0xe00..=0xeff | 0xf00..=0xfff | 0x1000..=0x109f | 0x1780..=0x17ff)
        }
        '\u{ad}' => before.is_alphabetic(),
        '\u{fe00}'..='\u{fe0f}' => !before.is_whitespace() && !before.is_ascii_alphabetic(),
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(at, 0x2e80..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
        }
        '\u{180b}'..='\u{180f}' => matches!(at, 0x1800..=0x18af),
        // A flag of a part of a country is written so.
        '\u{e0020}'..='\u{e007f}' => before == '\u{1f3f4}',
        // The direction of a sign beside letters that run from right to left.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            matches!(at, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff)
        }
        _ => false,
    }
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}' | '\u{fe00}'..='\u{fe0f}')
}

/// Scripts whose letters change their shape beside others.
fn joins(at: u32) -> bool {
    matches!(at, 0x600..=0x8ff | 0x900..=0xdff | 0x1000..=0x109f | 0x1780..=0x18af | 0x1b00..=0x1bff
        | 0xa800..=0xabff | 0xfb50..=0xfdff | 0xfe70..=0xfeff | 0x10a00..=0x11fff)
}

fn is_pictured(at: u32) -> bool {
    matches!(at, 0xa9 | 0xae | 0x2190..=0x2bff | 0x3030 | 0x303d | 0x1f000..=0x1faff)
}

/// Letters and their marks as one, where there is such a letter. The browser brings the tables for it; the server
/// has its own.
#[must_use]
pub fn nfc(text: &str) -> String {
    form::nfc(text)
}

/// Letters and their marks apart, and letters of all widths and sizes as the plain ones.
pub(crate) fn nfkd(text: &str) -> String {
    form::nfkd(text)
}

/// Composed like [`nfc`], of the plain letters.
pub(crate) fn nfkc(text: &str) -> String {
    nfc(&nfkd(text))
}

#[cfg(not(target_arch = "wasm32"))]
mod form {
    use unicode_normalization::UnicodeNormalization;

    pub fn nfc(text: &str) -> String {
        text.nfc().collect()
    }

    pub fn nfkd(text: &str) -> String {
        text.nfkd().collect()
    }
}

#[cfg(target_arch = "wasm32")]
mod form {
    use js_sys::JsString;

    pub fn nfc(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    pub fn nfkd(text: &str) -> String {
        JsString::from(text).normalize("NFKD").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_or_a_picture_needs_stays() {
        for text in [
            "می‌خواهم",
            "ශ්‍රී ලංකා",
            "क्‍ष",
            "👨‍👩‍👧‍👦 family",
            "🏳️‍🌈",
            "❤️‍🔥",
            "👩🏽‍🚀",
            "1️⃣",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}飾",
            "ภาษา\u{200b}ไทย",
            "Donau\u{ad}dampf",
            "עברית\u{200f}!",
            "Ann’s “big” pot – 20 × 30 cm…",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn what_can_mislead_goes() {
        for (typed, kept) in [
            ("gpj.\u{202e}exe", "gpj.exe"),
            ("a\u{200b}b\u{200d}c\u{2060}d\u{feff}", "abcd"),
            ("\u{2066}x\u{2069}", "x"),
            ("tab\there", "tab here"),
            ("nul\0l \u{1b}[31mred\u{9b}", "null [31mred"),
            ("\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}\u{fffd}x", "x"),
            ("می\u{200c}\u{200c}\u{200c}خ", "می\u{200c}خ"),
            ("\u{200d}🐈", "🐈"),
            ("x\u{e0061}\u{e0062}", "x"),
            ("one\r\ntwo\u{2028}three", "one two three"),
            ("  \u{a0}\u{3000}x\u{2003} ", "x"),
            ("Cafe\u{301}", "Café"),
        ] {
            assert_eq!(clean(typed), kept, "{typed:?}");
        }
        assert_eq!(clean_prose("one\r\ntwo\rthree"), "one\ntwo\nthree");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let all = (0..=0x1_ffff)
            .chain(0xe0000..=0xe0fff)
            .filter_map(char::from_u32);
        for c in all.filter(|c| !c.is_alphanumeric()) {
            let once = clean_prose(&format!("a{c}ک{c}{c}ب{c}🐈{c}🐈"));
            assert_eq!(clean_prose(&once), once, "{c:?}");
        }
    }

    #[test]
    fn nothing_is_seen_of_what_has_no_shape() {
        for text in [
            "\u{2060}",
            "\u{200b}\u{200d}",
            "\u{3164}",
            "\u{2800} \u{ad}",
            "\u{301}",
            "\u{ffa0}\u{fe0f}",
            " ",
        ] {
            assert!(!can_be_seen(text), "{text:?}");
        }
        assert!(can_be_seen("・"));
    }

    #[test]
    fn at_the_door_only_what_no_person_types_is_replaced() {
        assert_eq!(at_the_door("Ann’s\tpot\r\nمی‌خواهم"), None);
        assert_eq!(
            at_the_door("a\0b\u{85}\u{fffe}").as_deref(),
            Some("a\u{fffd}b\u{fffd}\u{fffd}")
        );
    }
}
