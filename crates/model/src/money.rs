use crate::amount::{AmountError, Habit, grouped, plain, read};
use crate::text::is_unseen;
use crate::{Currency, limits};
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

    /// For people, without coins where there are none: `$25`, `$12.50`.
    #[must_use]
    pub fn show_whole(self, currency: Currency) -> String {
        let mut shown = self.show(currency);
        if let Some(whole) = shown.strip_suffix(".00").map(str::len) {
            shown.truncate(whole);
        }
        shown
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

    /// A decimal number as programs hold it: `mantissa` over ten to the `scale`, so that 1250 and 2 are 12.50. `None` for
    /// what is below zero, for more decimals than the currency has, and for more than the market handles.
    #[must_use]
    pub fn exact(mantissa: i128, scale: u32, currency: Currency) -> Option<Money> {
        let ten_to = |power| 10_i128.checked_pow(power);
        let digits = currency.digits();
        let minor = if scale <= digits {
            mantissa.checked_mul(ten_to(digits - scale)?)?
        } else {
            let more = ten_to(scale - digits)?;
            Some(mantissa / more).filter(|_| mantissa % more == 0)?
        };
        let minor = i64::try_from(minor).ok()?;
        (0..=limits::AMOUNT)
            .contains(&minor)
            .then_some(Money(minor))
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
    fn a_decimal_number_is_taken_exactly_or_not_at_all() {
        let read =
            |mantissa, scale| Money::exact(mantissa, scale, Currency::Eur).map(|money| money.0);
        assert_eq!(read(1000, 3), Some(100));
        assert_eq!(read(12_345, 1), Some(123_450));
        assert_eq!(read(12, 0), Some(1200));
        assert_eq!(read(0, 28), Some(0));
        assert_eq!(read(1_000_000_000, 2), Some(1_000_000_000));
        for (mantissa, scale) in [
            (1234, 3),
            (-1, 0),
            (1_000_000_001, 2),
            (i128::MAX, 0),
            (1, 99),
        ] {
            assert_eq!(read(mantissa, scale), None, "{mantissa} {scale}");
        }
        assert_eq!(Money::exact(1500, 0, Currency::Jpy), Some(Money(1500)));
        assert_eq!(Money::exact(15005, 1, Currency::Jpy), None);
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
