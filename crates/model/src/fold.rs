//! One folding of text: what people take for the same is the same. What is stored to be searched, what is typed into
//! a search, names that are compared and addresses made from titles all go through it.

use crate::figure::figure;
use crate::limits;
use crate::text::{is_mark, is_unseen, nfc, nfkd};

/// A text as it is compared: without upper case, accents, joiners and widths, with plain quotes and dashes. It is not
/// for people to read.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text.chars().map(plain_sign).collect();
    let mut folded = String::with_capacity(plain.len());
    for c in nfkd(&plain).chars().map(plain_sign) {
        if is_mark(c) || is_unseen(c) {
            continue;
        }
        // By way of upper case, which `ß`, `ς` and `ı` share with the letters they are taken for.
        for lower in c.to_uppercase().flat_map(char::to_lowercase) {
            match base_letters(lower) {
                "" if !is_mark(lower) => folded.push(lower),
                letters => folded.push_str(letters),
            }
        }
    }
    nfc(&folded)
}

/// Turns a name into its part of a web address: `Kiln & Clay` → `kiln-and-clay`, `Růže řeřicha` → `ruze-rericha`. Other
/// scripts are written in Latin letters, but in a browser, which has no tables for that. Empty when nothing is left.
#[must_use]
pub fn slugify(name: &str) -> String {
    slug_by(name, in_latin)
}

/// What a page can show of a name's [`slugify`] before it is sent: of Latin letters all, of other scripts nothing. It is
/// the same in a browser and on the server.
#[must_use]
pub fn slug_preview(name: &str) -> String {
    slug_by(name, |_| None)
}

fn slug_by(name: &str, in_latin: fn(char) -> Option<&'static str>) -> String {
    let mut spelled = String::with_capacity(name.len());
    for c in nfc(&name.replace('&', " and ")).chars() {
        match c {
            'ä' | 'Ä' => spelled.push_str("ae"),
            'ö' | 'Ö' => spelled.push_str("oe"),
            'ü' | 'Ü' => spelled.push_str("ue"),
            c => spelled.push(c),
        }
    }
    let mut slug = String::new();
    let mut put = |c: char| {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    for c in fold(&spelled).chars() {
        match in_latin(c) {
            Some(letters) => letters.chars().for_each(&mut put),
            None => put(c),
        }
    }
    slug.truncate(limits::SLUG);
    slug.trim_matches('-').to_owned()
}

/// How a letter of another script is written in Latin ones.
#[cfg(not(target_arch = "wasm32"))]
fn in_latin(c: char) -> Option<&'static str> {
    if c.is_ascii() {
        return None;
    }
    let letters = deunicode::deunicode_char(c)?;
    (c.is_alphanumeric() || letters.is_empty()).then_some(letters)
}

#[cfg(target_arch = "wasm32")]
fn in_latin(_: char) -> Option<&'static str> {
    None
}

/// One sign for all that look alike: apostrophes, quotes, dashes, spaces, figures.
fn plain_sign(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '`' | '´' | '＇'
        | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '〝' | '〞' | '＂' => '"',
        '\u{2010}'..='\u{2015}' | '−' | '⁃' | '﹘' | '﹣' | '－' | '\u{5be}' => '-',
        '×' => 'x',
        c if c.is_whitespace() => ' ',
        c => figure(c).unwrap_or(c),
    }
}

/// What people type for a small letter that is no other letter with a mark; nothing where it stays.
fn base_letters(c: char) -> &'static str {
    match c {
        'ł' | 'ƚ' | 'ɫ' => "l",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ħ' => "h",
        'ŧ' | 'ƭ' => "t",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ĸ' | 'ƙ' => "k",
        'ß' => "ss",
        'ə' | 'ɛ' | 'ǝ' => "e",
        'ƀ' | 'ɓ' => "b",
        'ƶ' => "z",
        'ɠ' | 'ǥ' => "g",
        'ƒ' => "f",
        'ƴ' => "y",
        'ʉ' => "u",
        'ⱥ' => "a",
        // Arabic and Persian keyboards have each its own.
        'ى' | 'ي' => "ی",
        'ك' => "ک",
        'ة' => "ه",
        'ـ' => "",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_take_for_the_same_is_the_same() {
        for (one, other) in [
            ("Café", "cafe"),
            ("Cafe\u{301}", "CAFÉ"),
            ("Ann's", "Ann’s"),
            ("“Big”", "\"big\""),
            ("blue‑green", "blue-green"),
            ("20 × 30", "20 x 30"),
            ("Straße", "STRASSE"),
            ("İstanbul", "istanbul"),
            ("Isparta", "ısparta"),
            ("ΟΔΥΣΣΕΥΣ", "Οδυσσεύς"),
            ("Łódź", "lodz"),
            ("smørrebrød", "smorrebrod"),
            ("ＭＵＧ　１２", "mug 12"),
            ("ﬁne", "fine"),
            ("می‌خواهم", "میخواهم"),
            ("كتاب ي", "کتاب ی"),
            ("١٢٣", "123"),
            ("ёлка", "елка"),
            ("Donau\u{ad}dampf", "donaudampf"),
            ("ﾊﾟﾝ", "パン"),
            ("Việt Nam", "viet nam"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn what_people_tell_apart_stays_apart() {
        for (one, other) in [
            ("か", "が"),
            ("は", "ぱ"),
            ("कि", "की"),
            ("mug", "mugs"),
            ("日本", "日木"),
            ("ا", "ب"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (0..=0x1_ffff).filter_map(char::from_u32) {
            let once = fold(&format!("a{c}e"));
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    #[test]
    fn names_become_addresses() {
        for (name, slug) in [
            ("Kiln & Clay", "kiln-and-clay"),
            ("  Café Müller's  ", "cafe-muellers"),
            ("--A  B--", "a-b"),
            ("Růže řeřicha", "ruze-rericha"),
            ("Zażółć gęślą", "zazolc-gesla"),
            ("İstanbul Tabağı", "istanbul-tabagi"),
            ("Smørrebrød æble Þór Ðuro", "smorrebrod-aeble-thor-duro"),
            ("Straße ĲSSEL ﬁn", "strasse-ijssel-fin"),
            ("Mu\u{308}ller", "mueller"),
            ("Việt Nam phở", "viet-nam-pho"),
            ("Ann’s pot – 20 × 30", "anns-pot-20-x-30"),
            ("日本", "ri-ben"),
            ("Чашка", "chashka"),
            ("Κούπα", "koupa"),
            ("🎈", ""),
            ("…", ""),
        ] {
            assert_eq!(slugify(name), slug, "{name}");
        }
        assert!(!slugify("हिन्दी कप").is_empty() && !slugify("كوب أزرق").is_empty());
    }

    #[test]
    fn every_letter_with_a_base_letter_keeps_it() {
        // Latin letters of Europe, Africa and Vietnam, but for clicks, stops and a turned one, which are no letter's kin.
        let latin = (0xc0..0x1c0)
            .chain(0x1c4..0x241)
            .chain([0x243, 0x244])
            .chain(0x246..0x250)
            .chain(0x1e00..0x1f00);
        let letters = latin
            .filter_map(char::from_u32)
            .filter(|c| c.is_alphabetic());
        let lost: String = letters
            .filter(|c| slugify(&c.to_string()).is_empty())
            .collect();
        assert_eq!(lost, "");
    }
}
