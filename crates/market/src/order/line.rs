//! What units of an order's line come to.

use crate::entity::order_line;
use crate::sums::InBounds;
use crate::{Error, Result};
use model::{Money, Tokens};

impl order_line::Model {
    /// The price of so many units.
    pub(crate) fn goods(&self, units: i64) -> Result<Money> {
        self.price.times(units).in_bounds()
    }

    /// The market's fee on so many units: on all of them it is the whole fee, however they are cancelled in steps.
    pub(crate) fn fee_of(&self, units: i64) -> Result<Money> {
        let all = i128::from(self.fee.0).checked_mul(i128::from(units));
        let share = all.and_then(|all| all.checked_div(i128::from(self.units)));
        let share = share.and_then(|share| i64::try_from(share).ok());
        share.map(Money).in_bounds()
    }

    /// The tokens that so many units are rewarded with.
    pub(crate) fn tokens(&self, units: i64) -> Result<Tokens> {
        let tokens = self.rate.times(units);
        tokens
            .ok_or_else(|| Error::Broken(format!("line {} rewards more than any amount", self.id)))
    }

    /// The tokens promised to it.
    pub(crate) fn promised(&self) -> Result<Tokens> {
        self.tokens(self.covered_units)
    }
}
