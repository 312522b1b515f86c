//! Title, brand, numbers and category.

use super::Vote;
use crate::document::Document;
use crate::draft::{Confidence, Found, Source};
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

/// Markup's name of the product, or the page's heading, or the title for sharing without the shop's name.
pub fn title(
    votes: &[Vote],
    doc: &Document,
    url: &Url,
    subject: &Subject,
) -> Option<Found<String>> {
    let named = votes
        .iter()
        .filter(|vote| !matches!(vote.reading.source, Source::Meta | Source::Visible));
    let shown = votes
        .iter()
        .filter(|vote| vote.reading.source == Source::Visible);
    let shared = votes
        .iter()
        .filter(|vote| vote.reading.source == Source::Meta);
    let by_others = named
        .chain(shown)
        .filter(|vote| vote.trust > 0.3)
        .find_map(|vote| {
            let text = plain(vote.reading.title.as_deref()?, LONGEST_TITLE);
            (!text.is_empty()).then(|| vote.found(text))
        });
    by_others
        .or_else(|| {
            shared.into_iter().find_map(|vote| {
                let text = without_shop(
                    &plain(vote.reading.title.as_deref()?, LONGEST_TITLE),
                    doc,
                    url,
                );
                (!text.is_empty()).then(|| vote.found(text))
            })
        })
        .or_else(|| {
            let text = without_shop(&plain(&doc.title()?, LONGEST_TITLE), doc, url);
            (!text.is_empty()).then_some(Found {
                value: text,
                source: Source::Meta,
                confidence: Confidence::Doubtful,
            })
        })
        .map(|mut found| {
            found.value = without_price(&found.value).to_owned();
            if subject.closeness_of_title(&found.value) < 0.2 {
                found.confidence = Confidence::Doubtful;
            }
            found
        })
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
pub fn brand(votes: &[Vote], url: &Url) -> Option<Found<String>> {
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
            (!is_nothing).then(|| vote.found(text))
        });
    let first = brands.next()?;
    // Many shops call themselves the brand of everything.
    let is_shop = |found: &Found<String>| {
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

/// The shop's own number for the product.
pub fn sku(votes: &[Vote]) -> Option<Found<String>> {
    super::first(votes, |reading| number(reading.sku.as_deref()?))
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
pub fn category(votes: &[Vote], title: Option<&Found<String>>) -> Option<Found<Vec<String>>> {
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
            vote.found(parts)
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
