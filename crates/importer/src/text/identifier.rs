//! Article numbers: the world's (GTIN, ISBN …), told by their check digits, and the shop's own, told by their labels.

/// What a number is, as far as its digits prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Gtin8,
    /// UPC-A.
    Gtin12,
    Gtin13,
    Gtin14,
    Isbn10,
    Isbn13,
    Ismn,
    /// A periodical, not an article.
    Issn,
}

/// The longest text looked at: a label and a number.
const LONGEST: usize = 120;

/// The first number in a short text whose check digit is right, without separators.
#[must_use]
pub fn classify(text: &str) -> Option<(Kind, String)> {
    let text: String = text.chars().take(LONGEST).collect();
    text.split(|c: char| !matches!(c, '0'..='9' | 'X' | 'x' | ' ' | '-' | '\u{2010}'..='\u{2014}'))
        .find_map(|run| {
            let digits: String = run.chars().filter(char::is_ascii_alphanumeric).collect();
            kind_of(&digits).map(|kind| (kind, digits.to_ascii_uppercase()))
        })
}

/// A GTIN (8, 12, 13 or 14 digits, a right check digit) without separators. A leading zero that a spreadsheet ate is
/// put back, and an ISBN-10 becomes the ISBN-13 on the bar code.
#[must_use]
pub fn gtin(text: &str) -> Option<String> {
    let found = match classify(text) {
        Some((Kind::Issn, _)) => None,
        Some((Kind::Isbn10, digits)) => isbn13_of(&digits),
        Some((_, digits)) => Some(digits),
        None => {
            let digits: String = text.trim().chars().filter(char::is_ascii_digit).collect();
            let restored = format!("0{digits}");
            (digits.len() == 11 && kind_of(&restored).is_some()).then_some(restored)
        }
    }?;
    let first = found.chars().next()?;
    // Rows of one digit have right check digits too, and mean nothing.
    (!found.chars().all(|c| c == first)).then_some(found)
}

fn kind_of(digits: &str) -> Option<Kind> {
    let numeric = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.len() {
        8 if numeric && has_gtin_check(digits) => Some(Kind::Gtin8),
        8 if has_falling_check(digits, 8) => Some(Kind::Issn),
        10 if has_falling_check(digits, 10) => Some(Kind::Isbn10),
        12 if numeric && has_gtin_check(digits) => Some(Kind::Gtin12),
        13 if numeric && has_gtin_check(digits) => Some(if digits.starts_with("9790") {
            Kind::Ismn
        } else if digits.starts_with("978") || digits.starts_with("979") {
            Kind::Isbn13
        } else {
            Kind::Gtin13
        }),
        14 if numeric && has_gtin_check(digits) => Some(Kind::Gtin14),
        _ => None,
    }
}

/// From the right, digits weigh 1 and 3 by turns; the sum is a multiple of ten.
fn has_gtin_check(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10)
}

/// ISBN-10 and ISSN: weights fall to 1, the last may be X for ten, the sum is a multiple of eleven.
fn has_falling_check(digits: &str, length: u32) -> bool {
    let mut sum = 0;
    for (weight, c) in (1..=length).rev().zip(digits.chars()) {
        let value = match c {
            'X' | 'x' if weight == 1 => 10,
            _ => match c.to_digit(10) {
                Some(digit) => digit,
                None => return false,
            },
        };
        sum += weight * value;
    }
    sum % 11 == 0
}

fn isbn13_of(isbn10: &str) -> Option<String> {
    let stem = format!("978{}", isbn10.get(..9)?);
    (0..=9)
        .map(|check| format!("{stem}{check}"))
        .find(|isbn| has_gtin_check(isbn))
}

/// A shop's or manufacturer's number, freed of a label before it (`SKU: `, `Art.-Nr. `). Nothing if what is left is
/// not a number but words, or a dash that stands for nothing.
#[must_use]
pub fn sku(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['\u{a0}', '\u{200b}']);
    let number = match text.split_once([':', '#', '№']) {
        Some((label, rest)) if !rest.trim().is_empty() && is_label(label) => rest,
        _ => text,
    };
    let number = number
        .trim()
        .trim_start_matches(['#', ':'])
        .trim_matches(['(', ')', '[', ']', '"', ',', ';', ' '])
        .trim();
    let words = number.split_whitespace().count();
    let nothing = matches!(
        number.to_lowercase().as_str(),
        "" | "-" | "--" | "n/a" | "na" | "none" | "null" | "undefined" | "false" | "default"
    );
    let has_sign = number.chars().any(char::is_alphanumeric);
    (!nothing && has_sign && number.chars().count() <= 64 && words <= 5).then(|| number.to_owned())
}

/// Letters only, and few words: `Artikelnummer`, `Item no`, `Référence`.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 32
        && !text.chars().any(|c| c.is_ascii_digit())
        && text.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_gtin_if_its_check_digit_says_so() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(gtin(text).as_deref(), expected, "{text:?}");
        };
        check("4006381333931", Some("4006381333931"));
        check("EAN: 4006381 333931", Some("4006381333931"));
        check("4006381333932", None);
        check("036000291452", Some("036000291452"));
        check("36000291452", Some("036000291452"));
        check("gtin14: 10012345678902", Some("10012345678902"));
        check("96385074", Some("96385074"));
        check("0-306-40615-2", Some("9780306406157"));
        check("080442957X", Some("9780804429573"));
        check("ISSN 0378-5955", None);
        check("00000000", None);
        check("", None);
        check("Ø 8 cm", None);
    }

    #[test]
    fn a_label_is_not_part_of_the_number() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(sku(text).as_deref(), expected, "{text:?}");
        };
        check("SKU: KL-204/B", Some("KL-204/B"));
        check("Art.-Nr.: 77 120", Some("77 120"));
        check("Item #4471", Some("4471"));
        check("AB:12", Some("12"));
        check(" 0638 ", Some("0638"));
        check("N/A", None);
        check("-", None);
        check("Please choose one of the sizes first", None);
    }
}
