use crate::{ListingId, ProductCard, RewardOutcome, Timestamp, Tokens};
use serde::{Deserialize, Serialize};

/// What a shelf's listing shows to shoppers now, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShelfState {
    /// Shoppers can buy it here.
    Selling,
    /// No stock: marked sold out here and everywhere (R7).
    SoldOut,
    /// Stock, but no open offer: waits unseen until the maker opens one (R8).
    Waiting,
    /// Its maker took the product off the market.
    Withdrawn,
}

impl ShelfState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ShelfState::Selling => "Selling",
            ShelfState::SoldOut => "Sold out",
            ShelfState::Waiting => "Waiting for an offer",
            ShelfState::Withdrawn => "Withdrawn",
        }
    }
}

/// One product of another maker on the viewer's own shelf, in the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfRow {
    /// The listing.
    pub listing: ListingId,
    /// The product and its maker.
    pub card: ProductCard,
    /// What shoppers see.
    pub state: ShelfState,
    /// Units sold from this shelf.
    pub sold: i64,
    /// Those of them that were cancelled since.
    pub cancelled: i64,
    /// Tokens earned with what was sold: a paid reward stays when its unit is cancelled (C6).
    pub earned: Tokens,
    /// Units sold from this shelf that earned nothing, and why (R6, R8).
    pub unrewarded: Vec<(RewardOutcome, i64)>,
    /// When it was put on the shelf.
    pub added_at: Timestamp,
}
