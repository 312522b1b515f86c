use crate::entity::Asset;
use model::{OfferId, OrderLineId, StoreId};
use sea_orm::DeriveValueType;
use std::fmt;
use std::str::FromStr;

/// Names an account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String", column_type = "Text")]
pub enum AccountCode {
    /// A store's tokens.
    Wallet(StoreId),
    /// Tokens behind an offer's open units.
    Offer(OfferId),
    /// Tokens promised to one order line.
    Line(OrderLineId),
    /// Where tokens come from and go to; as far below zero as tokens are out.
    Issuance,
    /// Money the market owes a maker; below zero when she was refunded more than she is owed.
    Payable(StoreId),
    /// What the payment provider holds for us; as far below zero as shoppers have paid in.
    Payments,
    /// The market's fees.
    Fees,
    /// Money owed back to shoppers until the provider has paid it.
    Refunds,
}

impl AccountCode {
    /// What the account counts.
    pub fn asset(self) -> Asset {
        match self {
            AccountCode::Wallet(_)
            | AccountCode::Offer(_)
            | AccountCode::Line(_)
            | AccountCode::Issuance => Asset::Token,
            AccountCode::Payable(_)
            | AccountCode::Payments
            | AccountCode::Fees
            | AccountCode::Refunds => Asset::Money,
        }
    }

    /// Whether the account's row keeps its balance. The market's own accounts take part in every sale; their
    /// balance is the sum of their transfers, so that sales do not wait for one row.
    pub fn keeps_balance(self) -> bool {
        !matches!(
            self,
            AccountCode::Issuance
                | AccountCode::Payments
                | AccountCode::Fees
                | AccountCode::Refunds
        )
    }

    /// Whether the account may go below zero.
    pub fn may_overdraw(self) -> bool {
        matches!(self, AccountCode::Payable(_)) || !self.keeps_balance()
    }
}

impl fmt::Display for AccountCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccountCode::Wallet(store) => write!(f, "wallet:{store}"),
            AccountCode::Offer(offer) => write!(f, "offer:{offer}"),
            AccountCode::Line(line) => write!(f, "line:{line}"),
            AccountCode::Issuance => f.write_str("issuance"),
            AccountCode::Payable(store) => write!(f, "payable:{store}"),
            AccountCode::Payments => f.write_str("payments"),
            AccountCode::Fees => f.write_str("fees"),
            AccountCode::Refunds => f.write_str("refunds"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not an account's code")]
pub struct UnknownAccount;

impl FromStr for AccountCode {
    type Err = UnknownAccount;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let (kind, number) = code.split_once(':').unwrap_or((code, ""));
        let owner = || number.parse::<i64>().map_err(|_| UnknownAccount);
        match kind {
            "wallet" => Ok(AccountCode::Wallet(StoreId(owner()?))),
            "offer" => Ok(AccountCode::Offer(OfferId(owner()?))),
            "line" => Ok(AccountCode::Line(OrderLineId(owner()?))),
            "payable" => Ok(AccountCode::Payable(StoreId(owner()?))),
            "issuance" => Ok(AccountCode::Issuance),
            "payments" => Ok(AccountCode::Payments),
            "fees" => Ok(AccountCode::Fees),
            "refunds" => Ok(AccountCode::Refunds),
            _ => Err(UnknownAccount),
        }
    }
}

impl sea_orm::TryFromU64 for AccountCode {
    fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
        Err(sea_orm::DbErr::ConvertFromU64("AccountCode"))
    }
}
