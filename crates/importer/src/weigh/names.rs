//! Title, brand, numbers and category.

use super::Vote;
use crate::document::Document;
use crate::draft::{Confidence, Source, Sourced};
use crate::subject::Subject;
use crate::text::plain::plain;
use url::Url;

const LONGEST_TITLE: usize = 500;
const LONGEST_NAME: usize = 120;
const LONGEST_NUMBER: usize = 80;
/// What shops put between a product's name and their own.
const SEPARATORS: [&str; 9] = [
    " | ", " – ", " — ", " - ", " :: ", " » ", " • ", " · ", ": ",
];

/// The name that most of the page agrees on: of markup, the heading, and the title for sharing without the shop's name.
pub fn title(
    votes: &[Vote],
    doc: &Document,
    url: &Url,
    subject: &Subject,
) -> Option<Sourced<String>> {
    let clean = |vote: &Vote| {
        let text = plain(vote.reading.title.as_deref()?, LONGEST_TITLE);
        let text = without_price(&text);
        Some(match vote.reading.source {
            Source::Meta => without_shop(text, doc, url),
            _ => text.to_owned(),
        })
    };
    // A heading is a heading, however doubtful the price below it.
    let weight = |vote: &Vote| match vote.reading.source {
        Source::Visible => 2.4,
        Source::Meta => vote.weight() * 0.7,
        _ => vote.weight(),
    };
    agreed(votes, clean, |vote, _| weight(vote))
        .or_else(|| {
            let text = without_shop(&plain(&doc.title()?, LONGEST_TITLE), doc, url);
            (!text.is_empty()).then_some(Sourced {
                value: text,
                source: Source::Meta,
                confidence: Confidence::Doubtful,
            })
        })
        .map(|mut found| {
            if subject.closeness_of_title(&found.value) < 0.2 {
                found.confidence = Confidence::Doubtful;
            }
            found
        })
}

/// The value that weighs most, where each source counts once for the same letters. It is spelled as its weightiest
/// reading spells it.
fn agreed(
    votes: &[Vote],
    value: impl Fn(&Vote) -> Option<String>,
    weight: impl Fn(&Vote, &str) -> f32,
) -> Option<Sourced<String>> {
    let mut candidates: Vec<(String, f32, Vec<Source>, Sourced<String>)> = Vec::new();
    for vote in votes.iter().filter(|vote| vote.trust > 0.3) {
        let Some(value) = value(vote).filter(|value| !value.is_empty()) else {
            continue;
        };
        let key = letters(&value);
        let weight = weight(vote, &value);
        match candidates.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, sum, sources, _)) => {
                if !sources.contains(&vote.reading.source) {
                    sources.push(vote.reading.source);
                    *sum += weight;
                }
            }
            None => candidates.push((key, weight, vec![vote.reading.source], vote.sourced(value))),
        }
    }
    // Of equals, the one that was read first.
    candidates
        .into_iter()
        .rev()
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(_, _, _, found)| found)
}

/// `$60 · Skateboard`: some put the price before the name.
fn without_price(title: &str) -> &str {
    let Some((price, name)) = title.split_once(" · ").or_else(|| title.split_once(" - ")) else {
        return title;
    };
    let is_price = price.len() < 20
        && price.contains(|c: char| c.is_ascii_digit())
        && !price.contains(|c: char| c.is_ascii_lowercase())
        && price.contains(['$', '€', '£', '¥', '₹', '₽', '₺', '₩']);
    if is_price { name.trim() } else { title }
}

/// Takes the shop's name off the end or the beginning of a title.
fn without_shop(title: &str, doc: &Document, url: &Url) -> String {
    let shop = doc.meta("og:site_name").map(|name| letters(&name));
    let host = url.host_str().unwrap_or_default();
    let host = letters(host.strip_prefix("www.").unwrap_or(host));
    let is_shop = |part: &str| {
        let part = letters(part);
        part.len() > 2
            && (shop
                .as_ref()
                .is_some_and(|shop| *shop == part || part.starts_with(shop.as_str()))
                || host.starts_with(&part))
    };
    let mut title = title;
    for separator in SEPARATORS {
        if let Some((name, rest)) = title.rsplit_once(separator)
            && is_shop(rest)
        {
            title = name.trim();
        }
        if let Some((rest, name)) = title.split_once(separator)
            && is_shop(rest)
        {
            title = name.trim();
        }
    }
    title.to_owned()
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The maker's name; not an address, not a placeholder.
pub fn brand(votes: &[Vote], url: &Url) -> Option<Sourced<String>> {
    let host = letters(
        url.host_str()
            .unwrap_or_default()
            .trim_start_matches("www."),
    );
    let mut brands = votes
        .iter()
        .filter(|vote| vote.trust > 0.3)
        .filter_map(|vote| {
            let text = plain(vote.reading.brand.as_deref()?, LONGEST_NAME);
            let is_nothing = text.is_empty()
                || text.starts_with("http")
                || text.len() > 80
                || !text.contains(char::is_alphanumeric)
                || [
                    "null",
                    "undefined",
                    "none",
                    "n/a",
                    "no brand",
                    "unbranded",
                    "generic",
                    "default",
                    "brand",
                ]
                .contains(&text.to_lowercase().as_str());
            (!is_nothing).then(|| vote.sourced(text))
        });
    let first = brands.next()?;
    // Many shops call themselves the brand of everything.
    let is_shop = |found: &Sourced<String>| {
        let own = letters(&found.value);
        own.len() > 2 && host.starts_with(&own)
    };
    if is_shop(&first)
        && let Some(other) = brands.find(|other| !is_shop(other))
    {
        return Some(other);
    }
    Some(first)
}

/// The shop's own number for the product. Numbers have no spaces, though some shops' do.
pub fn sku(votes: &[Vote]) -> Option<Sourced<String>> {
    agreed(
        votes,
        |vote| number(vote.reading.sku.as_deref()?),
        |vote, number| {
            let is_words = number.contains(' ') && vote.reading.source == Source::Visible;
            vote.weight() * if is_words { 0.1 } else { 1.0 }
        },
    )
}

/// An identifier as text, if it can be one.
pub fn number(text: &str) -> Option<String> {
    let text = plain(text, LONGEST_NUMBER + 1);
    let is_number = !text.is_empty()
        && text.chars().count() <= LONGEST_NUMBER
        && !text.starts_with("http")
        && text.contains(char::is_alphanumeric)
        && ![
            "null",
            "undefined",
            "none",
            "n/a",
            "na",
            "0",
            "false",
            "true",
            "-",
        ]
        .contains(&text.to_lowercase().as_str());
    is_number.then_some(text)
}

/// The longest of what is said to be the category, without the first page and the product itself.
pub fn category(votes: &[Vote], title: Option<&Sourced<String>>) -> Option<Sourced<Vec<String>>> {
    let title = title.map(|title| letters(&title.value)).unwrap_or_default();
    votes
        .iter()
        .map(|vote| {
            let parts: Vec<String> = vote
                .reading
                .category
                .iter()
                .map(|part| plain(part, LONGEST_NAME))
                .filter(|part| !part.is_empty() && letters(part) != title && !is_home(part))
                .take(10)
                .collect();
            vote.sourced(parts)
        })
        .filter(|found| !found.value.is_empty())
        .max_by_key(|found| found.value.len())
}

fn is_home(part: &str) -> bool {
    const HOME: [&str; 12] = [
        "home",
        "homepage",
        "home page",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "strona główna",
        "domů",
        "shop",
        "главная",
    ];
    HOME.contains(&part.to_lowercase().as_str())
}
