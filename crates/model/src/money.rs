use crate::{Currency, limits};
use serde::{Deserialize, Serialize};

/// An amount of the market's one currency in whole minor units (cents). Never a float.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Money(pub i64);

/// Why a typed amount could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("Enter an amount.")]
    Empty,
    /// Something else than digits, separators and a currency sign.
    #[error("Enter an amount in figures, such as 12.50.")]
    NotANumber,
    /// More decimals than the unit has.
    #[error("Use at most {0} decimals.")]
    TooPrecise(u32),
    /// Larger than any amount the market handles.
    #[error("That amount is too large.")]
    TooLarge,
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// The price of `units` units; `None` on overflow.
    #[must_use]
    pub fn times(self, units: i64) -> Option<Money> {
        self.0.checked_mul(units).map(Money)
    }

    /// The sum; `None` on overflow.
    #[must_use]
    pub fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// What is left; `None` on overflow.
    #[must_use]
    pub fn less(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// The sum of many; `None` on overflow.
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
        amounts.into_iter().try_fold(Money::ZERO, Money::plus)
    }

    /// The market's share at `basis_points` hundredths of a percent, rounded down in the maker's favour.
    #[must_use]
    pub fn share(self, basis_points: i64) -> Money {
        let share = i128::from(self.0) * i128::from(basis_points) / 10_000;
        Money(i64::try_from(share).unwrap_or(self.0))
    }

    /// For people: `$1,234.50`, `-$3.00`.
    #[must_use]
    pub fn show(self, currency: Currency) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let figures = grouped(self.0.unsigned_abs(), currency.digits());
        format!("{sign}{}{figures}", currency.prefix())
    }

    /// For an input field: `1234.50`, no sign, no grouping.
    #[must_use]
    pub fn typed(self, currency: Currency) -> String {
        plain(self.0, currency.digits())
    }

    /// Reads what a person typed: `12`, `12.5`, `$12.50`, `1,234.50`, `12,50`.
    ///
    /// # Errors
    /// An [`AmountError`] whose text says what to type instead.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, AmountError> {
        let bare = text.trim().trim_start_matches(currency.prefix().trim_end());
        let bare = bare.trim_start_matches(currency.as_str()).trim();
        parse_units(bare, currency.digits()).map(Money)
    }
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

/// Reads a non-negative decimal with at most `digits` decimals into minor units.
pub(crate) fn parse_units(text: &str, digits: u32) -> Result<i64, AmountError> {
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    // The last separator is the decimal point unless exactly three figures follow a comma: `1,234` is a thousand.
    let (whole, decimals) = match text.rfind(['.', ',']) {
        Some(at) if text.as_bytes()[at] == b',' && text.len() - at == 4 => (text, ""),
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let whole: String = whole
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\''))
        .collect();
    let all_figures = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && decimals.is_empty()) || !all_figures(&whole) || !all_figures(decimals) {
        return Err(AmountError::NotANumber);
    }
    let kept = decimals.trim_end_matches('0');
    let width = usize::try_from(digits).unwrap_or(0);
    if kept.len() > width {
        return Err(AmountError::TooPrecise(digits));
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().map_err(|_| AmountError::TooLarge)?
    };
    let padded = format!("{kept:0<width$}");
    let decimals: i64 = if padded.is_empty() {
        0
    } else {
        padded.parse().map_err(|_| AmountError::NotANumber)?
    };
    let amount = whole
        .checked_mul(10_i64.pow(digits))
        .and_then(|minor| minor.checked_add(decimals));
    // Sums of many such amounts stay far below `i64::MAX`.
    amount
        .filter(|amount| *amount <= limits::AMOUNT)
        .ok_or(AmountError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_type_them() {
        let read = |text| Money::parse(text, Currency::Usd).map(|m| m.0);
        assert_eq!(read("12"), Ok(1200));
        assert_eq!(read(" $12.50 "), Ok(1250));
        assert_eq!(read("12,5"), Ok(1250));
        assert_eq!(read("1,234.50"), Ok(123_450));
        assert_eq!(read("1,234"), Ok(123_400));
        assert_eq!(read(".5"), Ok(50));
        assert_eq!(read("12.500"), Ok(1250));
        assert_eq!(read("0.005"), Err(AmountError::TooPrecise(2)));
        assert_eq!(read("-3"), Err(AmountError::NotANumber));
        assert_eq!(read("twelve"), Err(AmountError::NotANumber));
        assert_eq!(read("99999999999999999999"), Err(AmountError::TooLarge));
        assert_eq!(read(""), Err(AmountError::Empty));
        assert_eq!(read("."), Err(AmountError::NotANumber));
        assert_eq!(Money::parse("500", Currency::Jpy), Ok(Money(500)));
    }

    #[test]
    fn amounts_show_with_grouping_and_sign() {
        assert_eq!(Money(123_456_789).show(Currency::Usd), "$1,234,567.89");
        assert_eq!(Money(-305).show(Currency::Eur), "-€3.05");
        assert_eq!(Money(5).typed(Currency::Usd), "0.05");
        assert_eq!(Money(1500).show(Currency::Jpy), "¥1,500");
    }

    #[test]
    fn the_fee_is_rounded_down_in_the_makers_favour() {
        assert_eq!(Money(999).share(250), Money(24));
        assert_eq!(Money(999).share(0), Money::ZERO);
    }
}
