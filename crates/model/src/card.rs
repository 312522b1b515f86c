//! A card as people and password managers write it.

use crate::figure::figure;
use crate::text::is_unseen;
use crate::{Checker, FieldError};
use serde::{Deserialize, Serialize};

/// What a shopper types about a card. Sent to the payment provider, never stored.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardForm {
    /// The card's number, with or without spaces.
    pub card_number: String,
    /// Month and year in any spelling; `MM/YY` once checked.
    pub expiry: String,
    /// The three or four figures on the back.
    pub cvc: String,
}

impl std::fmt::Debug for CardForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardForm(hidden)")
    }
}

impl CardForm {
    /// Checks that the fields can be a card's; whether the card pays is the provider's answer.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<CardForm, Vec<FieldError>> {
        let mut check = Checker::new();
        let card_number = figures(&self.card_number).filter(|n| (12..=19).contains(&n.len()));
        if card_number.is_none() {
            check.refuse("card_number", "Enter the figures on the front of the card.");
        }
        let expiry = month(&self.expiry);
        if expiry.is_none() {
            check.refuse(
                "expiry",
                "Enter month and year as on the card, such as 08/29.",
            );
        }
        let cvc = figures(&self.cvc).filter(|n| (3..=4).contains(&n.len()));
        if cvc.is_none() {
            check.refuse(
                "cvc",
                "Enter the three or four figures on the back of the card.",
            );
        }
        check.finish(CardForm {
            card_number: card_number.unwrap_or_default(),
            expiry: expiry.unwrap_or_default(),
            cvc: cvc.unwrap_or_default(),
        })
    }
}

/// What is left without what parts figures; `None` when that is not figures alone.
fn figures(text: &str) -> Option<String> {
    let parts = |c: &char| c.is_whitespace() || is_unseen(*c) || is_dash(*c);
    text.chars().filter(|c| !parts(c)).map(figure).collect()
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// The month that a spelling means, as `MM/YY`. `None` for what means none, or more than one.
fn month(text: &str) -> Option<String> {
    let between = |c: char| {
        is_dash(c)
            || c.is_whitespace()
            || matches!(
                c,
                '/' | '.' | ',' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0f}'
            )
    };
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let parts: Option<Vec<String>> = seen
        .split(between)
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().map(figure).collect())
        .collect();
    let parts = parts?;
    match parts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [one, other] => month_of(one, other).or_else(|| year_first(one, other)),
        [both] => match both.len() {
            3 => month_of(&both[..1], &both[1..]),
            4 => month_of(&both[..2], &both[2..]).or_else(|| month_of(&both[2..], &both[..2])),
            6 => month_of(&both[..2], &both[2..]).or_else(|| month_of(&both[4..], &both[..4])),
            _ => None,
        },
        _ => None,
    }
}

/// `2039-12`, `39/12`. A year of two figures before a month of one is no custom.
fn year_first(year: &str, month: &str) -> Option<String> {
    let is_custom = year.len() == 4 || month.len() == 2;
    is_custom.then(|| month_of(month, year)).flatten()
}

fn month_of(month: &str, year: &str) -> Option<String> {
    let number: u32 = month
        .parse()
        .ok()
        .filter(|number| (1..=12).contains(number))?;
    let year = match (month.len(), year.len()) {
        (1..=2, 2) => year,
        (1..=2, 4) => year.strip_prefix("20")?,
        _ => return None,
    };
    Some(format!("{number:02}/{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_w5_every_spelling_of_one_month_is_read() {
        for text in [
            "12/39",
            "12/2039",
            "12 / 39",
            "12 / 2039",
            "1239",
            "122039",
            "12-39",
            "12-2039",
            "2039-12",
            "2039/12",
            "203912",
            "39/12",
            "3912",
            "12.39",
            "12.2039",
            "12 39",
            "12 2039",
            " 12/39 ",
            "12\u{2044}39",
            "12\u{2215}39",
            "12／39",
            "１２／３９",
            "١٢/٣٩",
            "12\u{2013}39",
            "12\u{a0}/\u{a0}39",
            "12/\u{200e}39",
        ] {
            assert_eq!(month(text).as_deref(), Some("12/39"), "{text}");
        }
        for text in [
            "3/39", "03/39", "3/2039", "0339", "339", "032039", "2039-03", "2039-3", "3-39",
        ] {
            assert_eq!(month(text).as_deref(), Some("03/39"), "{text}");
        }
    }

    #[test]
    fn what_means_no_month_or_several_is_asked_again() {
        for text in [
            "",
            "12",
            "13/39",
            "00/39",
            "0039",
            "1339",
            "12/1939",
            "12/9",
            "1/2/39",
            "2039-12-01",
            "12/039",
            "12399",
            "Dec 39",
            "12/39x",
            "/",
            "-12/39x",
            "20392",
            "131939",
        ] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_may_be_parted_in_any_way() {
        for text in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            "4242\u{a0}4242\u{202f}4242\u{2009}4242",
            " 4242–4242–4242–4242\u{200b}",
            "４２４２ 4242 4242 4242",
        ] {
            let card = CardForm {
                card_number: text.to_owned(),
                expiry: "1239".to_owned(),
                cvc: " 123\u{a0}".to_owned(),
            };
            let read = card.validate().unwrap();
            assert_eq!(
                (
                    read.card_number.as_str(),
                    read.expiry.as_str(),
                    read.cvc.as_str()
                ),
                ("4242424242424242", "12/39", "123"),
                "{text}"
            );
        }
    }
}
