//! A text cut into numbers with their currencies, words and marks.

use super::number::Number;
use crate::text::currency::{self, Sign};

#[derive(Debug, PartialEq)]
pub enum Piece {
    Money(Money),
    /// Lower case.
    Word(String),
    Mark(Mark),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Percent,
    Times,
    Dash,
    Slash,
    Open,
    /// A currency that no number claimed, a colon, anything else that parts.
    Other,
}

/// A number and what is attached to it.
#[derive(Debug, PartialEq)]
pub struct Money {
    pub number: Number,
    pub sign: Option<Sign>,
    /// `-30 €`.
    pub negative: bool,
    /// Part of a word or a measure: `A4`, `16GB`.
    pub glued: bool,
}

/// Cuts a plain text (see [`super::number::plain`]).
pub fn cut(text: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut pending: Option<(Sign, usize)> = None;
    let mut at = 0;
    while let Some(c) = text.get(at) {
        if let Some((number, end)) = Number::at(text, at).filter(|_| begins_number(text, at)) {
            let prefix = pending.take();
            let negative = is_negative(text, prefix.map_or(at, |(_, begin)| begin));
            let (money, end) = with_suffix(text, at, end, number, prefix.map(|(sign, _)| sign));
            if negative && matches!(pieces.last(), Some(Piece::Mark(Mark::Dash))) {
                pieces.pop();
            }
            pieces.push(Piece::Money(Money { negative, ..money }));
            at = end;
            continue;
        }
        if let Some((sign, length)) = currency::written_at(text, at) {
            pending = Some((sign, at));
            at += length;
            continue;
        }
        match c {
            // Between a sign and its number.
            ' ' | ':' | '.' => {}
            _ if c.is_alphabetic() => {
                pending = None;
                let word: String = text
                    .get(at..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|c| c.is_alphabetic())
                    .collect();
                at += word.chars().count();
                let times = matches!(word.as_str(), "x" | "X" | "х")
                    && text.get(at).is_none_or(|c| *c == ' ' || c.is_ascii_digit());
                pieces.push(if times {
                    Piece::Mark(Mark::Times)
                } else {
                    Piece::Word(word.to_lowercase())
                });
                continue;
            }
            _ => {
                if *c != '-' {
                    pending = None;
                }
                pieces.push(Piece::Mark(match c {
                    '%' => Mark::Percent,
                    '×' | '*'
                        if text
                            .get(at + 1)
                            .is_some_and(|c| *c == ' ' || c.is_ascii_digit()) =>
                    {
                        Mark::Times
                    }
                    '-' | '~' => Mark::Dash,
                    '/' => Mark::Slash,
                    '(' | '[' => Mark::Open,
                    _ => Mark::Other,
                }));
            }
        }
        at += 1;
    }
    pieces
}

/// A point or comma begins a number only where none is going on.
fn begins_number(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    match text.get(at) {
        Some('.' | ',') => before.is_none_or(|c| !c.is_alphanumeric() && *c != '.' && *c != ')'),
        _ => true,
    }
}

/// A minus right before the amount, that doesn't part it from another number.
fn is_negative(text: &[char], begin: usize) -> bool {
    let Some(before) = begin.checked_sub(1) else {
        return false;
    };
    if text.get(before) != Some(&'-') {
        return false;
    }
    let earlier = text
        .get(..before)
        .unwrap_or_default()
        .iter()
        .rev()
        .find(|c| **c != ' ');
    earlier.is_none_or(|c| !c.is_alphanumeric() && !"€$£¥.,-".contains(*c))
}

/// Takes what stands behind a number: `,-`, cents after the sign, its currency.
fn with_suffix(
    text: &[char],
    begin: usize,
    end: usize,
    number: Number,
    prefix: Option<Sign>,
) -> (Money, usize) {
    let word_before = prefix.is_none()
        && begin
            .checked_sub(1)
            .and_then(|before| text.get(before))
            .is_some_and(|c| c.is_alphabetic() || *c == '_' || *c == '#');
    let mut money = Money {
        sign: prefix,
        glued: word_before,
        ..Money::bare(number)
    };
    // `12.-`, `1700.`, `12,--`
    let mut next = end;
    while matches!(text.get(next), Some('.' | ',')) || (next > end && text.get(next) == Some(&'-'))
    {
        next += 1;
    }
    let spaced = text.get(next) == Some(&' ');
    let after = next + usize::from(spaced);
    let Some((sign, length)) = currency::written_at(text, after) else {
        let word_after = text.get(next).is_some_and(|c| c.is_alphabetic());
        // `12x` counts; `16GB` measures.
        let counts = matches!(text.get(next), Some('x' | 'X' | 'х'))
            && text.get(next + 1).is_none_or(|c| !c.is_alphabetic());
        money.glued |= word_after && !counts;
        return (money, next);
    };
    let past = after + length;
    // In `10 €20` the sign belongs to the second number, and to the first in `10€ 20€`.
    let next_number = text.get(past).is_some_and(char::is_ascii_digit);
    if next_number && spaced {
        return (money, next);
    }
    if money.sign.is_none() {
        money.sign = Some(sign);
    }
    if let Some((cents, end)) = cents_after(text, past)
        && !spaced
        && money.number.is_whole()
    {
        money.number = money.number.with_cents(cents);
        return (money, end);
    }
    (money, past)
}

/// The `99` of `35€99` or `35€ 99`.
fn cents_after(text: &[char], at: usize) -> Option<(String, usize)> {
    let spaced = text.get(at) == Some(&' ');
    let begin = at + usize::from(spaced);
    let cents: String = text
        .get(begin..)?
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    let end = begin + 2;
    let rest = text.get(end..).unwrap_or_default();
    let next = rest.iter().find(|c| **c != ' ');
    let alone = if spaced {
        next.is_none_or(|c| !c.is_alphanumeric() && !"%.,€$£×".contains(*c))
    } else {
        !rest.first().is_some_and(|c| ".,%".contains(*c))
    };
    (cents.len() == 2 && alone).then_some((cents, end))
}

pub enum Time {
    Before,
    Now,
}

/// Words that say a price is past, or is today's.
pub fn tells_time(word: &str) -> Option<Time> {
    match word {
        "was" | "statt" | "uvp" | "rrp" | "msrp" | "before" | "antes" | "avant" | "vorher"
        | "früher" | "original" | "instead" | "eski" | "prima" | "przed" | "původní" | "före"
        | "førpris" | "ord" | "van" | "tidl" | "de" | "lieu" | "regular" | "list" | "старая" => {
            Some(Time::Before)
        }
        "now" | "nur" | "jetzt" | "sale" | "ahora" | "por" | "nu" | "nyt" | "oggi"
        | "maintenant" | "special" | "voor" | "only" | "teraz" | "nyní" | "agora" | "ora"
        | "offer" => Some(Time::Now),
        _ => None,
    }
}

/// Words that make an amount what is saved, not what is paid.
pub fn means_discount(word: &str) -> bool {
    matches!(
        word,
        "save"
            | "saving"
            | "savings"
            | "spare"
            | "sparen"
            | "ersparnis"
            | "économisez"
            | "ahorra"
            | "ahorre"
            | "risparmi"
            | "economize"
            | "poupe"
            | "bespaar"
            | "besparing"
            | "spar"
            | "säästät"
            | "oszczędzasz"
            | "ušetříte"
            | "ušetrite"
            | "скидка"
            | "экономия"
            | "discount"
            | "rabatt"
            | "sconto"
            | "remise"
            | "descuento"
            | "desconto"
            | "korting"
            | "shipping"
            | "versand"
            | "delivery"
            | "porto"
    )
}

/// Words after a count that make it a number of payments.
pub fn means_instalments(word: &str) -> bool {
    matches!(
        word,
        "payments"
            | "instalments"
            | "installments"
            | "interest"
            | "cuotas"
            | "parcelas"
            | "raten"
            | "mal"
            | "vezes"
            | "mensualités"
            | "fois"
            | "rate"
            | "rat"
            | "splátok"
            | "splátek"
            | "easy"
            | "monthly"
            | "platby"
            | "месяцев"
            | "платежей"
            | "meses"
            | "taksit"
            | "monate"
            | "betalingen"
            | "termijnen"
            | "månader"
            | "veces"
            | "msi"
            | "equal"
    )
}
