//! What a page says it is about: its heading, its title and its address. Of many products on a page, this tells the
//! page's own.

use crate::address;
use crate::document::{Document, text_up_to};
use crate::reading::Reading;
use crate::text::plain::plain;
use std::collections::HashSet;
use url::Url;

/// Headings that are looked at.
const MOST_HEADINGS: usize = 4;

/// A page's headings and address, ready to be compared with products.
#[derive(Debug)]
pub struct Subject {
    headings: Vec<Words>,
    /// The page has a heading, or a title for sharing.
    is_named: bool,
    page: String,
    address: String,
}

#[derive(Debug)]
struct Words {
    text: String,
    words: HashSet<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            words,
        }
    }

    /// From 0, nothing in common, to 1, the same.
    fn closeness(&self, other: &Self) -> f32 {
        if self.words.is_empty() || other.words.is_empty() {
            return 0.0;
        }
        if self.text == other.text {
            return 1.0;
        }
        let common = small(self.words.intersection(&other.words).count());
        let (shorter, longer) = if self.words.len() < other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        let of_shorter = common / small(shorter.words.len());
        let of_longer = common / small(longer.words.len());
        // `Cup` is in `Blue cup with saucer` too, and still another thing. So is a `880` beside a `890`.
        let has_other_number = shorter.words.iter().any(|word| {
            word.contains(|c: char| c.is_ascii_digit()) && !longer.words.contains(word)
        });
        (0.6 * of_shorter + 0.4 * of_longer) * if has_other_number { 0.7 } else { 1.0 }
    }
}

fn small(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::MAX, f32::from)
}

impl Subject {
    #[must_use]
    pub fn of(doc: &Document, url: &Url) -> Self {
        let mut headings: Vec<Words> = doc
            .named("h1")
            .map(|heading| text_up_to(heading, 400))
            .chain(doc.metas("og:title"))
            .filter(|text| !text.is_empty())
            .take(MOST_HEADINGS)
            .map(|text| Words::of(&plain(&text, 400)))
            .collect();
        let is_named = !headings.is_empty();
        if let Some(title) = doc.title() {
            // The shop's name after the product's.
            let own = [" | ", " - ", " – ", " — ", " :: ", " • "]
                .iter()
                .filter_map(|separator| title.find(separator))
                .min()
                .and_then(|end| title.get(..end));
            headings.extend(own.map(Words::of));
            headings.push(Words::of(&title));
        }
        Self {
            headings,
            is_named,
            page: address::same_page(url),
            address: url.as_str().to_lowercase(),
        }
    }

    /// Does the page say by more than its `<title>` what it is about?
    #[must_use]
    pub fn has_heading(&self) -> bool {
        self.is_named
    }

    /// How likely a product of this title is the page's, from 0 to 1.
    #[must_use]
    pub fn closeness_of_title(&self, title: &str) -> f32 {
        let title = Words::of(&plain(title, 400));
        self.headings
            .iter()
            .map(|heading| heading.closeness(&title))
            .fold(0.0, f32::max)
    }

    /// How likely a reading is about the page's product, from 0 to 1. A half where it doesn't tell.
    #[must_use]
    pub fn closeness(&self, reading: &Reading, base: &Url) -> f32 {
        let by_title = reading
            .title
            .as_deref()
            .map(|title| self.closeness_of_title(title));
        let by_address = reading
            .url
            .as_deref()
            .and_then(|url| base.join(url).ok())
            .filter(|url| url.path().len() > 1)
            .map(|url| {
                if address::same_page(&url) == self.page {
                    1.0
                } else {
                    0.0
                }
            });
        let by_number = [&reading.sku, &reading.gtin, &reading.mpn]
            .into_iter()
            .flatten()
            .any(|number| number.len() >= 5 && self.address.contains(&number.to_lowercase()));
        match (by_title, by_address) {
            (Some(title), Some(address)) => {
                (0.75 * title + 0.25 * address).max(if address > 0.5 { 0.8 } else { 0.0 })
            }
            (Some(title), None) => title,
            (None, Some(address)) => 0.3 + 0.5 * address,
            (None, None) => 0.5,
        }
        .max(if by_number { 0.85 } else { 0.0 })
    }
}
