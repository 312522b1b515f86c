//! The shop's number for the product, when only the page's address names it.

use std::collections::HashSet;

use url::Url;

use crate::document::Document;
use crate::draft::{Confidence, Source};
use crate::reading::Reading;

/// Shorter numbers are pages, sizes and years.
const SHORTEST: usize = 5;
const LONGEST: usize = 24;

/// A number in the address that the page itself uses too: as a form's value, in a data attribute, or as text.
#[must_use]
pub fn read(document: &Document, url: &Url) -> Vec<Reading> {
    let candidates = candidates(url);
    if candidates.is_empty() {
        return Vec::new();
    }
    let used = used(document, &candidates);
    let Some(number) = candidates
        .into_iter()
        .find(|candidate| used.contains(candidate))
    else {
        return Vec::new();
    };
    let mut reading = Reading::new(Source::Address, Confidence::Doubtful);
    reading.sku = Some(number);
    vec![reading]
}

/// Numbers in the address, the likeliest first: a query's product id, then from the end of the path.
fn candidates(url: &Url) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (key, value) in url.query_pairs() {
        let key = key.to_ascii_lowercase();
        let names = [
            "sku",
            "pid",
            "productid",
            "product_id",
            "id",
            "itemid",
            "artnr",
            "prod",
            "code",
            "article",
        ];
        if names.contains(&key.as_str()) && is_number(&value, 3) {
            found.push(value.into_owned());
        }
    }
    let segments: Vec<&str> = url
        .path_segments()
        .map(|segments| segments.filter(|segment| !segment.is_empty()).collect())
        .unwrap_or_default();
    for segment in segments.iter().rev().take(2) {
        let decoded = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
        let stem = decoded
            .rsplit_once('.')
            .filter(|(_, ending)| ending.len() <= 5 && ending.chars().all(char::is_alphabetic))
            .map_or(decoded.as_ref(), |(stem, _)| stem);
        // A segment that is nothing but an id, then the id at either end of a name.
        if is_number(stem, SHORTEST) && stem.chars().all(|c| !c.is_lowercase() || stem.len() <= 14)
        {
            found.push(stem.to_owned());
        }
        let parts: Vec<&str> = stem.split(['-', '_', ',', '~', '+', '.']).collect();
        for part in parts.iter().rev().chain(parts.first()) {
            if is_number(part, SHORTEST) {
                found.push((*part).to_owned());
            }
            // `x3410048`, `p571345`
            let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            if digits.len() != part.len()
                && part.len() - digits.len() <= 2
                && is_number(digits, SHORTEST)
            {
                found.push(digits.to_owned());
            }
        }
    }
    found.truncate(12);
    found
}

/// At least half digits, or long and in capitals, and nothing that a number doesn't have.
fn is_number(text: &str, shortest: usize) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (shortest..=LONGEST).contains(&text.len())
        && (digits * 2 >= text.len()
            || (digits >= 2 && text.len() >= 8 && !text.contains(char::is_lowercase)))
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-/.".contains(c))
}

/// Which of the numbers the page uses by themselves.
fn used(document: &Document, candidates: &[String]) -> HashSet<String> {
    let mut used = HashSet::new();
    let mut note = |text: &str| {
        if text.len() <= 200 {
            for word in text.split(|c: char| c.is_whitespace() || "\"'(){}[]:;,#=".contains(c)) {
                if candidates.iter().any(|candidate| candidate == word) {
                    used.insert(word.to_owned());
                }
            }
        }
    };
    for element in document.elements() {
        for (name, value) in element.value().attrs() {
            if !matches!(
                name,
                "href" | "src" | "content" | "action" | "srcset" | "style" | "class"
            ) {
                note(value);
            }
        }
        for child in element.children() {
            if let scraper::Node::Text(text) = child.value() {
                note(text);
            }
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, html: &str, expected: Option<&str>) {
        let url = Url::parse(address).expect("an address");
        let readings = read(&Document::from_text(html), &url);
        let sku = readings.first().and_then(|reading| reading.sku.as_deref());
        assert_eq!(sku, expected, "{address}");
    }

    #[test]
    fn a_number_in_the_address_counts_if_the_page_uses_it() {
        let form = "<form><input type=hidden name=product value=482211></form>";
        check("https://shop.example/lamp-482211", form, Some("482211"));
        check(
            "https://shop.example/Lamp-x482211.php",
            form,
            Some("482211"),
        );
        check("https://shop.example/p/482211/lamp", form, Some("482211"));
        check("https://shop.example/item?id=482211", form, Some("482211"));
        check("https://shop.example/lamp-482211", "<p>A lamp</p>", None);
        check("https://shop.example/lamp-2024", "<p>2024</p>", None);
        check("https://shop.example/lamp", form, None);
    }
}
