use crate::amount::{AmountError, Habit, grouped, plain, read};
use serde::{Deserialize, Serialize};

/// An amount of the market's token in whole hundredths. The name and symbol are settings (default `RSS`).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Tokens(pub i64);

const DIGITS: u32 = 2;

impl Tokens {
    /// No tokens.
    pub const ZERO: Tokens = Tokens(0);

    /// A rate over `units` units; `None` on overflow.
    #[must_use]
    pub fn times(self, units: i64) -> Option<Tokens> {
        self.0.checked_mul(units).map(Tokens)
    }

    /// The sum; `None` on overflow.
    #[must_use]
    pub fn plus(self, other: Tokens) -> Option<Tokens> {
        self.0.checked_add(other.0).map(Tokens)
    }

    /// For people, without the symbol: `1,234.50`, `-3.00`.
    #[must_use]
    pub fn show(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", grouped(self.0.unsigned_abs(), DIGITS))
    }

    /// For an input field: `1234.50`.
    #[must_use]
    pub fn typed(self) -> String {
        plain(self.0, DIGITS)
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// An [`AmountError`] whose text says what to type instead, or asks which of two amounts it is.
    pub fn parse(text: &str) -> Result<Tokens, AmountError> {
        let habit = Habit {
            digits: DIGITS,
            comma_groups: false,
        };
        read(text, habit).map(Tokens)
    }
}
