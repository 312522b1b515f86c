use crate::{CartView, Checker, FieldError, Money, VariantId, are, limits, text_enum::text_enum};
use serde::{Deserialize, Serialize};

/// Where a parcel goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The receiver's name.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Flat, floor, company; may be empty.
    pub line2: String,
    /// Town.
    pub city: String,
    /// Post code; may be empty where there are none.
    pub postcode: String,
    /// Country, as the shopper writes it.
    pub country: String,
}

/// What the checkout shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutView {
    /// What is to be paid for.
    pub cart: CartView,
    /// This page's own random key: pressing pay twice on it is one checkout.
    pub key: String,
}

/// What a shopper types at the checkout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckoutForm {
    /// Where the order's link is sent and shown.
    pub email: String,
    /// The receiver's name.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Flat, floor, company.
    pub line2: String,
    /// Town.
    pub city: String,
    /// Post code.
    pub postcode: String,
    /// Country.
    pub country: String,
    /// Made by the page that showed the form: the same key sent twice is the same checkout (L4).
    pub key: String,
    /// The total the shopper saw, in minor units; a checkout at another total is refused.
    pub seen_total: String,
    /// All that the shopper saw, as the cart's view says it in short; a checkout of anything else is refused.
    pub seen: String,
}

/// A checked [`CheckoutForm`].
#[derive(Clone, Debug)]
pub struct CheckoutRequest {
    /// In its normal form.
    pub email: String,
    /// Where the parcels go.
    pub address: Address,
    /// The same key is the same checkout.
    pub key: String,
    /// The total the shopper saw, in minor units.
    pub seen_total: i64,
    /// All that the shopper saw, as the cart's view says it in short; empty when only the total is known.
    pub seen: String,
}

impl CheckoutForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<CheckoutRequest, Vec<FieldError>> {
        let mut check = Checker::new();
        let email = check.email("email", &self.email);
        let max = limits::ADDRESS;
        let address = Address {
            name: check.required("name", &self.name, max, "Enter the receiver's name."),
            line1: check.required("line1", &self.line1, max, "Enter street and number."),
            line2: check.optional("line2", &self.line2, max),
            city: check.required("city", &self.city, max, "Enter the town."),
            postcode: check.optional("postcode", &self.postcode, 20),
            country: check.required("country", &self.country, max, "Enter the country."),
        };
        let key = self.key.trim().to_owned();
        let seen_total = self.seen_total.parse().unwrap_or(-1);
        if !(16..=64).contains(&key.len())
            || !key.bytes().all(|b| b.is_ascii_alphanumeric())
            || seen_total < 0
        {
            check.refuse("form", "Reload the page and try again.");
        }
        check.finish(CheckoutRequest {
            email,
            address,
            key,
            seen_total,
            seen: self.seen.trim().to_owned(),
        })
    }
}

/// One variant the cart wants more of than there is (C2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// The variant.
    pub variant: VariantId,
    /// Its product's title and its own name.
    pub title: String,
    /// Units wanted, over all lines.
    pub wanted: i64,
    /// Units left.
    pub left: i64,
}

impl Shortage {
    /// The sentence a shopper sees.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.left {
            0 => format!("“{}” has just sold out.", self.title),
            left => format!(
                "“{}”: only {left} {} left, and your cart has {}.",
                self.title,
                are(left),
                self.wanted
            ),
        }
    }
}

/// Where the shopper goes after pressing pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckoutOutcome {
    /// Paid: the order's secret link.
    Paid {
        /// The order's secret.
        secret: String,
    },
    /// The bank asks for a second step at this address.
    SecondStep {
        /// A path on this server (sandbox) or the provider's address.
        url: String,
    },
    /// The provider has not answered; the order's page says when it has.
    Waiting {
        /// The order's secret.
        secret: String,
    },
    /// Declined: nothing was charged, the hold is released, the cart kept (C4).
    Declined {
        /// A sentence that says what to do.
        reason: String,
    },
}

/// The sandbox bank's question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// What is to be paid.
    pub amount: Money,
    /// Whether an answer still counts.
    pub open: bool,
}

text_enum! {
    /// Why a hold was given back.
    ReleaseReason {
        /// Its time ran out (C3).
        Expired = "expired",
        /// The payment was declined (C4).
        Declined = "declined",
        /// It was paid and could not be finished: all of the money goes back (C4).
        Unfinished = "unfinished",
    }
}
