//! A price as a person writes it.
//!
//! A text is cut into pieces (numbers, currencies, words, marks), each number is judged by its neighbours, and the
//! best one is the price. Nothing here knows a shop.

use rust_decimal::Decimal;
use url::Url;

use super::currency::{self, Currency};
use super::place::Place;
use crate::draft::Amount;

mod number;
mod pieces;

use pieces::{Mark, Money, Piece};

/// Longer texts are descriptions; a price stands at their beginning or not at all.
const LONGEST: usize = 300;

/// What is known about the page a price stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    currency: Option<Currency>,
    place: Place,
    machine: bool,
}

impl Hints {
    /// For a page at `url` in `language` (`de`, `pt-br`).
    #[must_use]
    pub fn of(url: &Url, language: Option<&str>) -> Self {
        Self {
            place: Place::of(url, language),
            ..Self::default()
        }
    }

    /// The same, when another source named the currency (a code or a sign).
    #[must_use]
    pub fn currency(self, named: &str) -> Self {
        let currency = Currency::code(named).or_else(|| self.named_in(named));
        Self { currency, ..self }
    }

    /// The same, for values written for machines, where `12.500` is twelve and a half.
    #[must_use]
    pub fn machine(self) -> Self {
        Self {
            machine: true,
            ..self
        }
    }

    /// What people pay in where the page sells: a guess, for prices without any sign.
    #[must_use]
    pub fn usual_currency(&self) -> Option<String> {
        self.place.currency().map(|currency| currency.to_string())
    }

    fn named_in(&self, text: &str) -> Option<Currency> {
        let text = number::plain(text, LONGEST);
        self.place.settle(currency::first_in(&text)?, self.currency)
    }
}

/// The price in a text: the first amount of money that isn't a discount, a unit price or an instalment. Of a range,
/// the lower end. `0` is returned as it is written; whether it means "free" or "unknown" is the caller's to say.
///
/// The currency is the one written there, or else the one in `hints`; `$` and other shared signs are settled by the
/// page's country.
#[must_use]
pub fn read(text: &str, hints: &Hints) -> Option<Amount> {
    read_beside(text, "", hints)
}

/// The same, where `beside` is text next to the price that may name its currency: `EUR`, `Price in £`.
#[must_use]
pub fn read_beside(text: &str, beside: &str, hints: &Hints) -> Option<Amount> {
    let text = number::plain(text, LONGEST);
    if is_free(&text) {
        return Some(Amount {
            value: Decimal::ZERO,
            currency: hints.currency.map(|currency| currency.to_string()),
        });
    }
    let pieces = pieces::cut(&text);
    let at = best(&pieces)?;
    let Some(Piece::Money(money)) = pieces.get(at) else {
        return None;
    };
    let written = money.sign.or_else(|| sign_of_range(&pieces, at));
    let currency = match written {
        Some(sign) => hints.place.settle(sign, hints.currency),
        None => hints.named_in(beside).or(hints.currency),
    };
    let value = money.number.value(currency, hints.machine)?;
    Some(Amount {
        value,
        currency: currency.map(|currency| currency.to_string()),
    })
}

/// The currency a text names, if any: `Kč`, `Price in EUR`.
#[must_use]
pub fn currency_named(text: &str, hints: &Hints) -> Option<String> {
    Currency::code(text)
        .or_else(|| hints.named_in(text))
        .map(|currency| currency.to_string())
}

fn is_free(text: &[char]) -> bool {
    const FREE: &[&str] = &[
        "free",
        "gratis",
        "kostenlos",
        "gratuit",
        "gratuito",
        "grátis",
        "бесплатно",
        "zdarma",
        "za darmo",
        "ücretsiz",
        "無料",
    ];
    let letters: String = text
        .iter()
        .filter(|c| c.is_alphabetic() || **c == ' ')
        .collect();
    text.len() < 16
        && !text.iter().any(char::is_ascii_digit)
        && FREE.contains(&letters.trim().to_lowercase().as_str())
}

/// The piece that holds the price.
fn best(pieces: &[Piece]) -> Option<usize> {
    (0..pieces.len())
        .filter_map(|at| Some((at, rank(pieces, at)?)))
        // The first of equals: `max_by_key` would take the last.
        .rev()
        .max_by_key(|(_, rank)| *rank)
        .map(|(at, _)| at)
}

/// How likely the number at `at` is the price, or nothing if it cannot be.
fn rank(pieces: &[Piece], at: usize) -> Option<u8> {
    let Piece::Money(money) = pieces.get(at)? else {
        return None;
    };
    let before = at.checked_sub(1).and_then(|before| pieces.get(before));
    let after = pieces.get(at + 1);
    if money.negative || matches!(after, Some(Piece::Mark(Mark::Percent))) {
        return None;
    }
    if counts_instalments(pieces, at) || is_instalment(pieces, at) {
        return None;
    }
    let named = money.sign.is_some() || sign_of_range(pieces, at).is_some();
    if !named && money.glued {
        return None;
    }
    let mut rank = if named { 40 } else { 20 };
    if words_before(pieces, at).any(pieces::means_discount)
        || matches!(after, Some(Piece::Word(word)) if word == "off" || word == "rabatt")
    {
        rank -= 12;
    }
    if is_per_unit(pieces, at) {
        rank -= 8;
    }
    match words_before(pieces, at).find_map(pieces::tells_time) {
        Some(pieces::Time::Before) => rank -= 6,
        Some(pieces::Time::Now) => rank += 4,
        None => {}
    }
    if matches!(before, Some(Piece::Mark(Mark::Open))) && at > 1 {
        rank -= 3;
    }
    Some(rank)
}

/// The words just before a number, nearest first, up to the number before it.
fn words_before(pieces: &[Piece], at: usize) -> impl Iterator<Item = &str> {
    pieces
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|piece| !matches!(piece, Piece::Money(_)))
        .filter_map(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .take(3)
}

/// `10 – 20 €`: the first number's currency stands with the second.
fn sign_of_range(pieces: &[Piece], at: usize) -> Option<currency::Sign> {
    let [Piece::Money(low), joint, Piece::Money(high)] = pieces.get(at..at + 3)? else {
        return None;
    };
    let joins = match joint {
        Piece::Mark(Mark::Dash) => true,
        Piece::Word(word) => matches!(
            word.as_str(),
            "to" | "bis" | "à" | "a" | "až" | "do" | "tot" | "til" | "till" | "до" | "y" | "e"
        ),
        Piece::Mark(_) | Piece::Money(_) => false,
    };
    (joins && !low.glued).then_some(high.sign)?
}

/// `12 ×` in `12 × 20,00`, `4` in `4 payments of $12.50`.
fn counts_instalments(pieces: &[Piece], at: usize) -> bool {
    let Some(Piece::Money(count)) = pieces.get(at) else {
        return false;
    };
    count.sign.is_none()
        && count.number.is_small_count()
        && match pieces.get(at + 1) {
            Some(Piece::Mark(Mark::Times)) => true,
            Some(Piece::Word(word)) => pieces::means_instalments(word),
            _ => false,
        }
}

/// The amount right after such a count.
fn is_instalment(pieces: &[Piece], at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|count| {
        counts_instalments(pieces, count)
            && pieces
                .get(count + 1..at)
                .is_some_and(|between| !between.iter().any(|p| matches!(p, Piece::Money(_))))
    })
}

/// `/ kg`, `pro 100 ml`, `per piece`: the price of a measure, when the text has another.
fn is_per_unit(pieces: &[Piece], at: usize) -> bool {
    match pieces.get(at + 1) {
        Some(Piece::Mark(Mark::Slash)) => true,
        Some(Piece::Word(word)) => matches!(
            word.as_str(),
            "per" | "pro" | "je" | "pr" | "por" | "al" | "za" | "par" | "le" | "for" | "mo" | "mtl"
        ),
        _ => false,
    }
}

impl Money {
    /// A number with nothing around it.
    fn bare(number: number::Number) -> Self {
        Self {
            number,
            sign: None,
            negative: false,
            glued: false,
        }
    }
}
