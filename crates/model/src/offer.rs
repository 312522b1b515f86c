use crate::{
    Checker, FieldError, Money, OfferId, Picture, ProductId, Timestamp, Tokens, Wish, are, counted,
    limits, text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where an offer stands.
    OfferState {
        /// Other stores can sell under it.
        Open = "open",
        /// Its maker took it back (R3).
        Revoked = "revoked",
        /// No unit is left under it.
        Ended = "ended",
    }
}

impl OfferState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OfferState::Open => "Open",
            OfferState::Revoked => "Revoked",
            OfferState::Ended => "Used up",
        }
    }
}

/// An open offer as store owners see it in the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferCard {
    /// The offer.
    pub id: OfferId,
    /// Tokens for every unit another store sells.
    pub rate: Tokens,
    /// Units still covered and not on hold.
    pub open_units: i64,
}

/// One of a maker's offers in her dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferRow {
    /// The offer.
    pub id: OfferId,
    /// The product.
    pub product: ProductId,
    /// The product's title.
    pub title: String,
    /// The product's part of the web address.
    pub slug: String,
    /// The product's first picture.
    pub picture: Option<Picture>,
    /// Where it stands.
    pub state: OfferState,
    /// Tokens for every unit another store sells.
    pub rate: Tokens,
    /// Units still covered and not on hold.
    pub open_units: i64,
    /// Units set aside for checkouts under way.
    pub held_units: i64,
    /// Units sold through other stores and rewarded.
    pub rewarded_units: i64,
    /// Tokens waiting in the pool for the open units.
    pub in_escrow: Tokens,
    /// Tokens paid to other stores.
    pub paid_out: Tokens,
    /// How many other stores carry the product.
    pub shelves: i64,
    /// How it stands, to be sent back by what revokes it.
    pub standing: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was revoked or used up.
    pub closed_at: Option<Timestamp>,
}

/// What a maker needs to see to open an offer on a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferDesk {
    /// The product.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// The lowest price of its variants.
    pub price_from: Money,
    /// Tokens in the wallet.
    pub wallet: Tokens,
    /// The most units an offer can cover: those on hand, less those promised to checkouts under way.
    pub coverable: i64,
    /// The offer that is already open on it.
    pub open: Option<OfferCard>,
}

/// An offer and what its maker can do with it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferFacts {
    /// The offer.
    pub offer: OfferRow,
    /// Her wallet and stock.
    pub desk: OfferDesk,
}

/// What a maker types to open or change an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    /// Tokens for every unit, as typed.
    pub rate: String,
    /// Units to cover, as typed. When changing: units open from now on.
    pub units: String,
}

/// A checked [`OfferForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferTerms {
    /// Tokens for every unit another store sells; more than zero.
    pub rate: Tokens,
    /// Units covered; at least one.
    pub units: i64,
}

impl OfferForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<OfferTerms, Vec<FieldError>> {
        let mut check = Checker::new();
        let rate = Tokens::parse(&self.rate);
        if rate == Ok(Tokens::ZERO) {
            check.refuse("rate", "Offer more than zero for each unit.");
        }
        let rate = check.amount("rate", rate);
        let units = check.whole("units", &self.units, 1, limits::STOCK);
        check.finish(OfferTerms { rate, units })
    }
}

/// What an [`OfferForm`] asks of an open offer.
#[derive(Clone, Debug)]
pub struct OfferChange {
    /// Tokens for every unit another store sells.
    pub rate: Wish<Tokens>,
    /// Units open from now on.
    pub units: Wish<i64>,
    /// What rate and units come to, as the page has shown it; nothing else is confirmed. `None`: whatever it is.
    pub cost: Option<String>,
}

impl From<OfferTerms> for OfferChange {
    fn from(terms: OfferTerms) -> OfferChange {
        OfferChange {
            rate: terms.rate.into(),
            units: terms.units.into(),
            cost: None,
        }
    }
}

impl OfferTerms {
    /// What these terms are as somebody types them.
    #[must_use]
    pub fn typed(self) -> OfferForm {
        OfferForm {
            rate: self.rate.typed(),
            units: self.units.to_string(),
        }
    }

    /// Whether they cost what a page has shown.
    #[must_use]
    pub fn cost(self, shown: &str) -> bool {
        let cost = self.rate.times(self.units).map(Tokens::typed);
        cost.is_some_and(|cost| cost == shown)
    }
}

impl OfferForm {
    /// What is asked over what the page has shown, for the cost it has shown.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn changes(&self, shown: &OfferForm, cost: String) -> Result<OfferChange, Vec<FieldError>> {
        let OfferTerms { rate, units } = self.validate()?;
        Ok(OfferChange {
            rate: Wish::of(&shown.rate, &self.rate, || rate),
            units: Wish::of(&shown.units, &self.units, || units),
            cost: Some(cost),
        })
    }
}

/// What an offer would cost and leave, told before it is confirmed (R1, R2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// rate × units: what must lie in escrow.
    pub escrow: Tokens,
    /// What moves from the wallet now; negative when tokens come back.
    pub from_wallet: Tokens,
    /// What the wallet holds afterwards; negative when it is short.
    pub wallet_after: Tokens,
    /// Units covered.
    pub covers: i64,
    /// Units on hand that may be covered, those on hold under the offer left out.
    pub coverable: i64,
    /// Why it would be refused.
    pub problem: Option<QuoteProblem>,
}

/// Why an offer would be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuoteProblem {
    /// The wallet is short by this much.
    WalletShort(Tokens),
    /// More units than are on hand.
    TooManyUnits {
        /// Units that may be covered.
        coverable: i64,
    },
    /// rate × units is larger than any amount.
    TooLarge,
}

impl Quote {
    /// What `terms` would cost: `wallet` is what the wallet holds, `in_escrow` what the offer already holds
    /// (nothing for a new one), `coverable` the units on hand less those on hold under the offer.
    #[must_use]
    pub fn of(terms: OfferTerms, wallet: Tokens, in_escrow: Tokens, coverable: i64) -> Quote {
        let (escrow, overflow) = match terms.rate.times(terms.units) {
            Some(cost) => (cost, false),
            None => (Tokens(i64::MAX), true),
        };
        let from_wallet = Tokens(escrow.0.saturating_sub(in_escrow.0));
        let wallet_after = Tokens(wallet.0.saturating_sub(from_wallet.0));
        let problem = if overflow {
            Some(QuoteProblem::TooLarge)
        } else if terms.units > coverable {
            Some(QuoteProblem::TooManyUnits { coverable })
        } else if wallet_after < Tokens::ZERO {
            Some(QuoteProblem::WalletShort(Tokens(-wallet_after.0)))
        } else {
            None
        };
        Quote {
            escrow,
            from_wallet,
            wallet_after,
            covers: terms.units,
            coverable,
            problem,
        }
    }
}

impl QuoteProblem {
    /// The sentence a maker sees, with the token's symbol.
    #[must_use]
    pub fn sentence(self, token: &str) -> String {
        match self {
            QuoteProblem::WalletShort(by) => format!(
                "Your wallet is {} {token} short. Lower the rate or the units, or earn tokens by selling other makers' products.",
                by.show()
            ),
            QuoteProblem::TooManyUnits { coverable: 0 } => {
                "No unit is on hand to cover. Restock the product first.".to_owned()
            }
            QuoteProblem::TooManyUnits { coverable } => {
                let (units, are) = (counted(coverable, "unit", "units"), are(coverable));
                format!("Only {units} {are} on hand. Cover {coverable} or fewer.")
            }
            QuoteProblem::TooLarge => "That is more than any wallet can hold.".to_owned(),
        }
    }

    /// The field it belongs to.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            QuoteProblem::WalletShort(_) | QuoteProblem::TooLarge => "rate",
            QuoteProblem::TooManyUnits { .. } => "units",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_says_what_it_costs_and_what_stays() {
        let terms = OfferTerms {
            rate: Tokens(300),
            units: 4,
        };
        let quote = Quote::of(terms, Tokens(10_000), Tokens::ZERO, 6);
        assert_eq!(
            (quote.escrow, quote.wallet_after, quote.problem),
            (Tokens(1200), Tokens(8800), None)
        );
        let short = Quote::of(terms, Tokens(1000), Tokens::ZERO, 6);
        assert_eq!(short.problem, Some(QuoteProblem::WalletShort(Tokens(200))));
        let lowered = Quote::of(terms, Tokens::ZERO, Tokens(1500), 6);
        assert_eq!(
            (lowered.from_wallet, lowered.wallet_after),
            (Tokens(-300), Tokens(300))
        );
        let many = Quote::of(
            OfferTerms { units: 7, ..terms },
            Tokens(10_000),
            Tokens::ZERO,
            6,
        );
        assert_eq!(
            many.problem,
            Some(QuoteProblem::TooManyUnits { coverable: 6 })
        );
        let huge = Quote::of(
            OfferTerms {
                rate: Tokens(i64::MAX),
                units: 2,
            },
            Tokens(1),
            Tokens::ZERO,
            6,
        );
        assert_eq!(huge.problem, Some(QuoteProblem::TooLarge));
    }
}
