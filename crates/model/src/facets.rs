//! What a list of products can be narrowed by.

use crate::text_enum::text_enum;
use crate::{Category, Currency, Money, Tokens};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a product costs, roughly. Where one ends and the next begins depends on the currency.
    PriceBand {
        Lowest = "lowest", Low = "low", Middle = "middle", High = "high", Highest = "highest",
    }
}

text_enum! {
    /// The least that a product pays a store that sells a unit of it, in tokens.
    RewardStep {
        One = "1", Two = "2", Five = "5", Ten = "10",
    }
}

impl PriceBand {
    /// The price from which each band but the lowest begins.
    #[must_use]
    pub fn begins(currency: Currency) -> [Money; 4] {
        // About what ten dollars are, in the smallest coins.
        let ten: i64 = match currency {
            Currency::Sek | Currency::Nok | Currency::Dkk => 10_000,
            Currency::Pln => 4_000,
            Currency::Czk => 25_000,
            // Of yen, which have no smaller coins, as of dollars.
            _ => 1_000,
        };
        [10, 25, 50, 100].map(|tenths| Money(ten.saturating_mul(tenths).saturating_div(10)))
    }

    /// The band of a price, by where the bands [begin](PriceBand::begins).
    #[must_use]
    pub fn of(price: Money, begins: &[Money; 4]) -> PriceBand {
        let [low, middle, high, highest] = *begins;
        match price {
            price if price < low => PriceBand::Lowest,
            price if price < middle => PriceBand::Low,
            price if price < high => PriceBand::Middle,
            price if price < highest => PriceBand::High,
            _ => PriceBand::Highest,
        }
    }

    /// From where on, and up to where.
    #[must_use]
    pub fn bounds(self, currency: Currency) -> (Option<Money>, Option<Money>) {
        let [low, middle, high, highest] = PriceBand::begins(currency);
        match self {
            PriceBand::Lowest => (None, Some(low)),
            PriceBand::Low => (Some(low), Some(middle)),
            PriceBand::Middle => (Some(middle), Some(high)),
            PriceBand::High => (Some(high), Some(highest)),
            PriceBand::Highest => (Some(highest), None),
        }
    }
}

impl RewardStep {
    /// The least reward.
    #[must_use]
    pub const fn least(self) -> Tokens {
        match self {
            RewardStep::One => Tokens(100),
            RewardStep::Two => Tokens(200),
            RewardStep::Five => Tokens(500),
            RewardStep::Ten => Tokens(1_000),
        }
    }
}

/// How many products each further filter would leave, those left out that would leave none. All are while what is found
/// is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// By category.
    pub categories: Vec<(Category, i64)>,
    /// By price.
    pub prices: Vec<(PriceBand, i64)>,
    /// Sent without a charge.
    pub ships_free: i64,
    /// What other stores can put on their shelves; only for store owners (R10).
    pub offered: i64,
    /// By what they pay at least; only for store owners (R10).
    pub rewards: Vec<(RewardStep, i64)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_price_is_in_the_band_whose_bounds_hold_it() {
        for currency in Currency::ALL {
            let begins = PriceBand::begins(*currency);
            for price in [0, 1, 999, 1_000, 2_499, 2_500, 9_999, 10_000, i64::MAX].map(Money) {
                let (from, to) = PriceBand::of(price, &begins).bounds(*currency);
                assert!(from.is_none_or(|from| from <= price) && to.is_none_or(|to| price < to));
            }
        }
    }
}
