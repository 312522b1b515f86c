use crate::{Money, Page, SaleRow, Timestamp, Tokens, TransferId, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a transfer was for.
    TransferKind {
        /// Tokens for a new store.
        Welcome = "welcome",
        /// Tokens issued by the operator.
        Mint = "mint",
        /// Tokens taken out by the operator.
        Burn = "burn",
        /// Tokens set aside for an offer (R1, R2).
        Fund = "fund",
        /// Tokens back from an offer that was lowered (R2).
        Lower = "lower",
        /// Tokens back from a revoked offer (R3).
        Revoke = "revoke",
        /// Tokens back for units that can no longer be sold (R4).
        Uncover = "uncover",
        /// Tokens from an offer to an order line on hold (C2).
        Promise = "promise",
        /// Tokens back from a line whose hold ended, to the offer.
        Unpromise = "unpromise",
        /// Tokens back from a line to the maker's wallet.
        Return = "return",
        /// A reward (R5).
        Reward = "reward",
        /// A shopper's payment for goods and shipping (C5).
        Sale = "sale",
        /// The market's fee (C5).
        Fee = "fee",
        /// Money owed back to a shopper (C6).
        RefundOwed = "refund_owed",
        /// The fee given back on a refund (C6).
        FeeBack = "fee_back",
        /// Money that came after its hold had ended and no stock was left (C4).
        Late = "late",
        /// Money paid back to a shopper.
        Refund = "refund",
    }
}

impl TransferKind {
    /// The line's name in a store's statement.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            TransferKind::Welcome => "Welcome grant",
            TransferKind::Mint => "Issued by the market",
            TransferKind::Burn => "Taken out by the market",
            TransferKind::Fund => "Set aside for an offer",
            TransferKind::Lower => "Back from a lowered offer",
            TransferKind::Revoke => "Back from a revoked offer",
            TransferKind::Uncover => "Back: units no longer for sale",
            TransferKind::Promise => "Promised to a sale",
            TransferKind::Unpromise => "Back to the offer",
            TransferKind::Return => "Back from a sale",
            TransferKind::Reward => "Reward",
            TransferKind::Sale => "Sale",
            TransferKind::Fee => "Market fee",
            TransferKind::RefundOwed => "Refund",
            TransferKind::FeeBack => "Market fee given back",
            TransferKind::Late => "Late payment",
            TransferKind::Refund => "Refund paid",
        }
    }
}

/// One movement in a store's wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRow {
    /// The transfer.
    pub id: TransferId,
    /// When.
    pub at: Timestamp,
    /// What for.
    pub kind: TransferKind,
    /// Into the wallet: positive; out of it: negative.
    pub amount: Tokens,
    /// What the wallet held afterwards.
    pub balance: Tokens,
    /// The product it concerns.
    pub product: Option<String>,
    /// The order it came from, by number.
    pub order: Option<String>,
}

/// A day and what happened on it, for a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPoint {
    /// Midnight UTC.
    pub day: Timestamp,
    /// Minor units of money or hundredths of tokens.
    pub value: i64,
}

/// A store's wallet and what it is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletPage {
    /// Tokens in the wallet.
    pub balance: Tokens,
    /// Tokens in the pool behind the store's open offers.
    pub in_offers: Tokens,
    /// Tokens in the pool for checkouts under way on its offers.
    pub in_holds: Tokens,
    /// Tokens earned by selling other makers' products, ever.
    pub earned: Tokens,
    /// Tokens earned in the last 30 days, by day, every day there.
    pub earned_by_day: Vec<DayPoint>,
    /// Money the market owes the store.
    pub payable: Money,
    /// The wallet's movements, newest first.
    pub statement: Page<StatementRow>,
}

/// The dashboard's first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Tokens in the wallet.
    pub wallet: Tokens,
    /// Tokens in the pool behind the store's offers.
    pub in_offers: Tokens,
    /// Tokens earned in the last 30 days.
    pub earned_30_days: Tokens,
    /// Money the market owes the store.
    pub payable: Money,
    /// Money from sales of the last 30 days, fees taken off.
    pub sales_30_days: Money,
    /// Sales money by day over the last 30 days, every day there.
    pub sales_by_day: Vec<DayPoint>,
    /// Rewards by day over the last 30 days, every day there.
    pub rewards_by_day: Vec<DayPoint>,
    /// Parcels that wait to be packed or shipped.
    pub to_ship: i64,
    /// Published products with no stock left.
    pub sold_out: i64,
    /// Published products.
    pub products: i64,
    /// Open offers.
    pub open_offers: i64,
    /// Products of other makers on the shelf.
    pub carried: i64,
    /// How many other stores carry one of its products.
    pub carried_by: i64,
    /// Units of its products sold through other stores in the last 30 days.
    pub sold_through_others: i64,
}

/// The overview's figures and its latest sales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewFacts {
    /// The figures.
    pub figures: Overview,
    /// The latest sales, a few.
    pub recent: Vec<SaleRow>,
}
