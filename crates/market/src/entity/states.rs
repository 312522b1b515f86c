//! States that no screen shows.

use sea_orm::DeriveValueType;
use std::fmt;
use std::str::FromStr;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, DeriveValueType)]
        #[sea_orm(value_type = "String", column_type = "Text")]
        pub enum $name { $($variant),+ }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $($name::$variant => $word),+ })
            }
        }

        impl FromStr for $name {
            type Err = UnknownState;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok($name::$variant),)+ _ => Err(UnknownState) }
            }
        }
    };
}

#[derive(Debug, thiserror::Error)]
#[error("not a known state")]
pub struct UnknownState;

words! {
    /// What an account or transfer counts.
    Asset { Token = "token", Money = "money" }
}
words! {
    /// What the provider has said of a payment.
    PaymentState { Asked = "asked", SecondStep = "second_step", Paid = "paid", Declined = "declined", Late = "late" }
}
words! {
    /// Whether the provider has been told to pay money back.
    RefundState { Due = "due", Done = "done" }
}
words! {
    /// What an outbox row asks for.
    Errand { Charge = "charge", Refund = "refund" }
}
words! {
    /// What the sandbox provider did with a charge.
    SandboxState { SecondStep = "second_step", Paid = "paid", Declined = "declined", Cancelled = "cancelled" }
}
