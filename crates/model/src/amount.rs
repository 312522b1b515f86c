//! Amounts as people type them. What two people would read differently is asked about, never guessed.

use crate::figure::{Mark, Written};
use crate::limits;
use crate::text::is_unseen;

/// How a unit is written: how many decimals it has, and what its people mean by a comma.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habit {
    /// Decimals of one unit: 2 for cents, 0 for yen.
    pub digits: u32,
    /// Whoever counts in this unit puts commas between thousands and a dot before decimals. `false`: some do it the
    /// other way round.
    pub comma_groups: bool,
}

/// Why a typed amount could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was typed.
    Empty,
    /// Something else than figures, marks between them and the unit's own sign. With the decimals of the unit.
    NotANumber(u32),
    /// More decimals than the unit has, which are these many.
    TooPrecise(u32),
    /// Larger than any amount the market handles.
    TooLarge,
    /// It can be read in two ways, both in minor units.
    TwoReadings {
        /// The mark stands between thousands.
        thousands: i64,
        /// The mark stands before decimals; `None` when the unit has fewer.
        decimals: Option<i64>,
        /// The decimals of the unit.
        digits: u32,
    },
}

impl std::fmt::Display for AmountError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            AmountError::Empty => f.write_str("Enter an amount."),
            AmountError::NotANumber(digits) => {
                write!(
                    f,
                    "Enter an amount in figures, such as {}.",
                    example(digits)
                )
            }
            AmountError::TooPrecise(0) => {
                write!(f, "Enter a whole amount, such as {}.", example(0))
            }
            AmountError::TooPrecise(digits) => {
                write!(
                    f,
                    "Use at most {digits} decimals, such as {}.",
                    example(digits)
                )
            }
            AmountError::TooLarge => f.write_str("That amount is too large."),
            AmountError::TwoReadings {
                thousands,
                decimals,
                digits,
            } => {
                let large = grouped(thousands.unsigned_abs(), digits);
                let plain_large = thousands / 10_i64.pow(digits);
                match decimals.map(|small| plain(small, digits)) {
                    Some(small) => write!(
                        f,
                        "Is this {large} or {small}? Write {plain_large} or {small}."
                    ),
                    None => write!(f, "Is this {large}? Then write {plain_large}."),
                }
            }
        }
    }
}

impl std::error::Error for AmountError {}

/// An amount as this unit is written.
fn example(digits: u32) -> String {
    match digits {
        0 => "1200".to_owned(),
        digits => plain(125 * 10_i64.pow(digits) / 10, digits),
    }
}

/// Reads an amount that is not below zero into minor units.
pub(crate) fn read(text: &str, habit: Habit) -> Result<i64, AmountError> {
    let wrong = AmountError::NotANumber(habit.digits);
    let bare = bare(text);
    if bare.is_empty() {
        return Err(AmountError::Empty);
    }
    let written = Written::read(&bare).ok_or(wrong)?;
    let all = written.groups.len();
    let whole = || value(&written.groups.concat(), "", habit);
    let with_decimals = || match written.groups.split_last() {
        Some((decimals, whole)) => value(&whole.concat(), decimals, habit),
        None => Err(wrong),
    };
    let Some((last, before)) = written.marks.split_last() else {
        return whole();
    };
    let can_be_thousands = written.is_grouped(all);
    // Two marks of a kind: no number has two decimal points.
    let is_thousands = matches!(last, Mark::Between(_)) || before.contains(last);
    if is_thousands {
        return if can_be_thousands {
            whole()
        } else {
            Err(wrong)
        };
    }
    if !before.is_empty() {
        return if written.is_grouped(all - 1) {
            with_decimals()
        } else {
            Err(wrong)
        };
    }
    match last {
        Mark::Comma if can_be_thousands && habit.comma_groups => whole(),
        Mark::Dot if can_be_thousands && habit.comma_groups && habit.digits >= 3 => with_decimals(),
        Mark::Comma | Mark::Dot if can_be_thousands => Err(AmountError::TwoReadings {
            thousands: whole()?,
            decimals: with_decimals().ok(),
            digits: habit.digits,
        }),
        _ => with_decimals(),
    }
}

/// Reads a whole number of things. Decimals are none, not even zeros.
pub(crate) fn read_whole(text: &str) -> Result<i64, AmountError> {
    let habit = Habit {
        digits: 0,
        comma_groups: false,
    };
    let number = read(text, habit)?;
    let has_decimals = Written::read(&bare(text)).is_some_and(|written| {
        let last = written.marks.last();
        !matches!(last, None | Some(Mark::Between(_))) && !written.is_grouped(written.groups.len())
    });
    if has_decimals {
        return Err(AmountError::TooPrecise(0));
    }
    Ok(number)
}

/// Without what surrounds a number unseen, such as the marks that turn Arabic text around.
fn bare(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    seen.trim().to_owned()
}

/// Whole units and decimals, both plain figures, in minor units.
fn value(whole: &str, decimals: &str, habit: Habit) -> Result<i64, AmountError> {
    let kept = decimals.trim_end_matches('0');
    let width = usize::try_from(habit.digits).unwrap_or(0);
    if kept.len() > width {
        return Err(AmountError::TooPrecise(habit.digits));
    }
    let number = |figures: &str| match figures {
        "" => Ok(0),
        figures => figures.parse::<i64>().map_err(|_| AmountError::TooLarge),
    };
    let decimals = number(&format!("{kept:0<width$}"))?;
    let amount = number(whole)?
        .checked_mul(10_i64.pow(habit.digits))
        .and_then(|minor| minor.checked_add(decimals));
    // Sums of many such amounts stay far below `i64::MAX`.
    amount
        .filter(|amount| *amount <= limits::AMOUNT)
        .ok_or(AmountError::TooLarge)
}

/// `1234567` with 2 digits → `12,345.67`.
pub(crate) fn grouped(minor: u64, digits: u32) -> String {
    let scale = 10_u64.pow(digits);
    let whole = (minor / scale).to_string();
    let mut out = String::with_capacity(whole.len() + 8);
    for (i, figure) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    push_decimals(&mut out, minor % scale, digits);
    out
}

/// `-150` with 2 digits → `-1.50`.
pub(crate) fn plain(minor: i64, digits: u32) -> String {
    let scale = 10_u64.pow(digits);
    let size = minor.unsigned_abs();
    let mut out = format!("{}{}", if minor < 0 { "-" } else { "" }, size / scale);
    push_decimals(&mut out, size % scale, digits);
    out
}

fn push_decimals(out: &mut String, rest: u64, digits: u32) {
    if digits > 0 {
        out.push('.');
        let rest = rest.to_string();
        for _ in rest.len()..usize::try_from(digits).unwrap_or(0) {
            out.push('0');
        }
        out.push_str(&rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DINARS: Habit = Habit {
        digits: 3,
        comma_groups: true,
    };
    const EITHER: Habit = Habit {
        digits: 2,
        comma_groups: false,
    };

    /// How an amount is written around the world: what stands between thousands, what before decimals, and whether
    /// thousands come as in India.
    const SPELLINGS: [(&str, &str, bool); 15] = [
        ("", ".", false),
        ("", ",", false),
        (",", ".", false),
        (".", ",", false),
        (" ", ",", false),
        (" ", ".", false),
        ("\u{a0}", ",", false),
        ("\u{202f}", ",", false),
        ("\u{2009}", ",", false),
        ("'", ".", false),
        ("’", ".", false),
        ("’", ",", false),
        (",", ".", true),
        ("٬", "٫", false),
        ("，", "．", false),
    ];

    fn spelled(
        minor: i64,
        decimals: u32,
        digits: u32,
        (mark, point, india): (&str, &str, bool),
    ) -> String {
        let scale = 10_i64.pow(digits);
        let whole = (minor / scale).to_string();
        let mut text = String::new();
        for (at, figure) in whole.chars().enumerate() {
            let left = whole.len() - at;
            let group = if india && left > 3 {
                (left - 3).is_multiple_of(2)
            } else {
                left.is_multiple_of(3)
            };
            if at > 0 && group {
                text.push_str(mark);
            }
            text.push(figure);
        }
        let rest = format!(
            "{:0width$}",
            minor % scale,
            width = usize::try_from(digits).unwrap()
        );
        if decimals > 0 {
            text.push_str(point);
            text.push_str(&rest[..usize::try_from(decimals).unwrap()]);
        }
        text
    }

    /// Small ones one by one, then ever larger ones with all kinds of ends.
    fn amounts() -> impl Iterator<Item = i64> {
        let larger = (0..400_000).step_by(397);
        (0..=1_234).chain(larger.flat_map(|n| [n * 100, n * 1000, n * 2503]))
    }

    #[test]
    fn rule_w1_what_is_written_in_any_habit_is_read_as_it_was_meant_or_asked_about() {
        let tokens = EITHER;
        let dollars = Habit {
            comma_groups: true,
            ..EITHER
        };
        let yen = Habit {
            digits: 0,
            comma_groups: true,
        };
        for minor in amounts() {
            for habit in [tokens, dollars, yen, DINARS] {
                let whole = minor % 10_i64.pow(habit.digits) == 0;
                for spelling in SPELLINGS {
                    // Whoever groups by commas in such a unit does not write decimals with one.
                    if habit.comma_groups && spelling.1 == "," && habit.digits >= 3 {
                        continue;
                    }
                    for decimals in [habit.digits, 0] {
                        let text = spelled(minor, decimals, habit.digits, spelling);
                        if (decimals == 0 && !whole) || minor > limits::AMOUNT {
                            continue;
                        }
                        match read(&text, habit) {
                            Ok(read) => assert_eq!(read, minor, "{text} as {habit:?}"),
                            Err(AmountError::TwoReadings {
                                thousands,
                                decimals,
                                ..
                            }) => {
                                assert!(
                                    thousands == minor || decimals == Some(minor),
                                    "{text} as {habit:?}"
                                );
                            }
                            Err(other) => panic!("{text} as {habit:?}: {other}"),
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_shown_in_a_field_is_read_as_it_stands() {
        for minor in amounts().filter(|minor| *minor <= limits::AMOUNT) {
            for habit in [
                EITHER,
                Habit {
                    comma_groups: true,
                    ..EITHER
                },
                DINARS,
            ] {
                assert_eq!(read(&plain(minor, habit.digits), habit), Ok(minor));
                assert_eq!(
                    read(&grouped(minor.unsigned_abs(), habit.digits), habit),
                    Ok(minor)
                );
            }
        }
    }

    #[test]
    fn an_ill_grouped_number_is_none() {
        for text in [
            "1 2",
            "12 50",
            "1.23,45",
            "1,2,3",
            "1..5",
            "1.,5",
            "1 234'567",
            "1,234 567",
            "0 500",
            "1234,567,890",
            "1,23,45",
            ",",
            ".",
            "1e3",
            "12²",
            "½",
            "0x10",
            "+5",
            "1_000",
        ] {
            assert_eq!(
                read(text, EITHER),
                Err(AmountError::NotANumber(2)),
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_below_zero_is_an_amount() {
        for minus in ["-", "−", "–", "—", "‐", "‑", "﹣", "－", "﹘", "⁻"] {
            for text in [
                format!("{minus}3"),
                format!("{minus} 3"),
                format!("3{minus}"),
            ] {
                assert_eq!(
                    read(&text, EITHER),
                    Err(AmountError::NotANumber(2)),
                    "{text}"
                );
            }
        }
        assert_eq!(read("(3)", EITHER), Err(AmountError::NotANumber(2)));
    }

    #[test]
    fn a_question_names_both_answers_and_takes_either() {
        let question = read("1.000", EITHER).unwrap_err();
        assert_eq!(
            question.to_string(),
            "Is this 1,000.00 or 1.00? Write 1000 or 1.00."
        );
        assert_eq!(read("1000", EITHER), Ok(100_000));
        assert_eq!(read("1.00", EITHER), Ok(100));
        let question = read("1.234", EITHER).unwrap_err();
        assert_eq!(question.to_string(), "Is this 1,234.00? Then write 1234.");
    }

    #[test]
    fn advice_is_an_amount_of_the_unit() {
        for digits in 0..=3 {
            let habit = Habit {
                digits,
                comma_groups: true,
            };
            assert!(read(&example(digits), habit).is_ok(), "{}", example(digits));
        }
        assert_eq!(example(2), "12.50");
    }

    #[test]
    fn things_are_counted_in_whole_numbers() {
        assert_eq!(read_whole(" 12 "), Ok(12));
        assert_eq!(read_whole("1 000"), Ok(1000));
        assert_eq!(read_whole("1,000,000"), Ok(1_000_000));
        assert_eq!(read_whole("１２"), Ok(12));
        for text in [
            "1,5", "1.5", "1,50", "3.00", "3.", ",5", "1.000", "1,000", "-1", "2½", "1,5 ", "one",
            "",
        ] {
            assert!(read_whole(text).is_err(), "{text}");
        }
    }
}
