use crate::Currency;
use crate::amount::{AmountError, Habit, grouped, plain, read};
use crate::text::is_unseen;
use serde::{Deserialize, Serialize};

/// An amount of the market's one currency in whole minor units (cents). Never a float.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Money(pub i64);

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

    /// Reads what a person typed: `12`, `12.5`, `$12.50`, `1,234.50`, `12,50 €`.
    ///
    /// # Errors
    /// An [`AmountError`] whose text says what to type instead, or asks which of two amounts it is.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, AmountError> {
        read(&without_sign(text, currency), habit(currency)).map(Money)
    }

    /// Reads what a program wrote: figures, with a dot before decimals and nothing else. `None` for anything else, and
    /// for more decimals than the currency has.
    #[must_use]
    pub fn from_decimal(text: &str, currency: Currency) -> Option<Money> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !figures(whole) || !figures(decimals) {
            return None;
        }
        let point = if decimals.is_empty() { "" } else { "." };
        // Shorter by its last zeros, no mark of it can be taken for one between thousands, unless it is too precise.
        let exact = Habit {
            comma_groups: true,
            ..habit(currency)
        };
        read(&format!("{whole}{point}{decimals}"), exact)
            .ok()
            .map(Money)
    }
}

fn habit(currency: Currency) -> Habit {
    Habit {
        digits: currency.digits(),
        comma_groups: currency.comma_groups(),
    }
}

/// Takes off the currency's own sign or code, before or after the figures. Another currency's stays, and makes it no
/// amount.
fn without_sign(text: &str, currency: Currency) -> String {
    let seen = text.chars().filter(|c| !is_unseen(*c));
    let mut bare: Vec<char> = seen.flat_map(char::to_lowercase).map(narrow).collect();
    trim(&mut bare);
    let signs = || currency.signs().iter().map(|sign| sign.to_lowercase());
    let longest = |fits: &dyn Fn(&[char]) -> bool| {
        let found = signs().map(|sign| sign.chars().collect::<Vec<_>>());
        found.filter(|sign| fits(sign)).map(|sign| sign.len()).max()
    };
    if let Some(length) = longest(&|sign| bare.starts_with(sign)) {
        bare.drain(..length);
    } else if let Some(length) = longest(&|sign| bare.ends_with(sign)) {
        bare.truncate(bare.len() - length);
    }
    bare.into_iter().collect()
}

fn trim(text: &mut Vec<char>) {
    while text.pop_if(|c| c.is_whitespace()).is_some() {}
    let before = text.iter().take_while(|c| c.is_whitespace()).count();
    text.drain(..before);
}

/// Signs as Chinese and Japanese keyboards write them.
fn narrow(c: char) -> char {
    match c {
        '＄' | '﹩' => '$',
        '￥' => '¥',
        '￡' => '£',
        c => c,
    }
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
        assert_eq!(read("0.500"), Ok(50));
        assert_eq!(read("0.005"), Err(AmountError::TooPrecise(2)));
        assert_eq!(read("-3"), Err(AmountError::NotANumber(2)));
        assert_eq!(read("twelve"), Err(AmountError::NotANumber(2)));
        assert_eq!(read("99999999999999999999"), Err(AmountError::TooLarge));
        assert_eq!(read(""), Err(AmountError::Empty));
        assert_eq!(read("$"), Err(AmountError::Empty));
        assert_eq!(read("."), Err(AmountError::NotANumber(2)));
        assert_eq!(Money::parse("500", Currency::Jpy), Ok(Money(500)));
        assert_eq!(Money::parse("1,500円", Currency::Jpy), Ok(Money(1500)));
    }

    #[test]
    fn a_thousand_never_becomes_one() {
        use Currency::{Chf, Dkk, Eur, Jpy, Sek, Usd};
        for (currency, text) in [
            (Eur, "1.000"),
            (Eur, "1,000"),
            (Eur, "1.500"),
            (Eur, "10.000"),
            (Eur, "1.000 €"),
            (Dkk, "1.000"),
            (Sek, "1,000"),
            (Chf, "1.000"),
            (Usd, "1.000"),
            (Jpy, "1.000"),
            (Eur, "１．０００"),
            (Usd, "$12.500"),
        ] {
            let read = Money::parse(text, currency);
            assert!(
                matches!(read, Err(AmountError::TwoReadings { .. })),
                "{text}: {read:?}"
            );
        }
    }

    #[test]
    fn a_currencys_own_sign_may_stand_on_either_side() {
        for (text, currency) in [
            ("€ 12.50", Currency::Eur),
            ("12,50\u{a0}€", Currency::Eur),
            ("12,50 EUR", Currency::Eur),
            ("eur12.50", Currency::Eur),
            ("US$12.50", Currency::Usd),
            ("C$ 12.50", Currency::Cad),
            ("$12.50", Currency::Cad),
            ("$12.50", Currency::Nzd),
            ("Fr. 12.50", Currency::Chf),
            ("12,50 kr.", Currency::Dkk),
            ("12,50 kr", Currency::Sek),
            ("12,50 zł", Currency::Pln),
            ("12,50 Kč", Currency::Czk),
            ("＄12.50", Currency::Usd),
            ("\u{200f}12.50\u{200e} $", Currency::Usd),
        ] {
            assert_eq!(Money::parse(text, currency), Ok(Money(1250)), "{text}");
        }
        for (text, currency) in [
            ("€12.50", Currency::Usd),
            ("12.50 GBP", Currency::Eur),
            ("CA$12.50", Currency::Usd),
        ] {
            assert_eq!(
                Money::parse(text, currency),
                Err(AmountError::NotANumber(2)),
                "{text}"
            );
        }
    }

    #[test]
    fn every_currency_reads_what_it_shows() {
        for currency in Currency::ALL {
            for minor in [0, 5, 1_234, 123_456, 100_000, 9_876_543] {
                let money = Money(minor);
                assert_eq!(Money::parse(&money.show(*currency), *currency), Ok(money));
                assert_eq!(Money::parse(&money.typed(*currency), *currency), Ok(money));
            }
        }
    }

    #[test]
    fn what_a_program_wrote_is_exact() {
        let read = |text| Money::from_decimal(text, Currency::Eur).map(|money| money.0);
        assert_eq!(read("1.000"), Some(100));
        assert_eq!(read("1234.5"), Some(123_450));
        assert_eq!(read("12"), Some(1200));
        for text in ["1.234", "1,5", "-1", "", ".", "12 "] {
            assert_eq!(read(text), None, "{text}");
        }
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
