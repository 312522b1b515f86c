use super::problem::ImportProblem;
use crate::{ProductId, Timestamp, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What an imported product does when its source changes (K3).
    KeepInStep {
        /// Nothing, until its maker asks what has changed.
        ByHand = "by_hand",
        /// Price and stock follow by themselves.
        ByItself = "by_itself",
    }
}

/// Where a product came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// The page.
    pub url: String,
    /// Its host.
    pub host: String,
    /// When it was last read.
    pub read_at: Timestamp,
    /// Why it could not be read the last time.
    pub problem: Option<ImportProblem>,
    /// Whether the product follows it.
    pub keep_in_step: KeepInStep,
    /// When it is read again by itself; `None`: only when asked.
    pub next_at: Option<Timestamp>,
    /// How many changes wait to be applied.
    pub changes: i64,
}

/// What has changed at a product's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshView {
    /// The product.
    pub product: ProductId,
    /// Its title here.
    pub title: String,
    /// Where it came from.
    pub source: SourceView,
    /// What is different now; nothing is applied yet.
    pub changes: Vec<SourceChange>,
    /// Stands for all of it; sent back, so that nothing is applied that was not shown.
    pub shown: String,
}

/// One difference between what a source said and what it says now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChange {
    /// Names it when it is applied: `title`, `price:12`, `stock:12`.
    pub key: String,
    /// What it is about, for people: `Title`, `Price of Large`.
    pub label: String,
    /// What it is here now.
    pub here: String,
    /// What the source said when it was last agreed with.
    pub before: String,
    /// What the source says now.
    pub now: String,
    /// What applying it makes of it here; `None` when it can only be done by hand, such as a price in another
    /// currency.
    pub after: Option<String>,
}

/// Which changes are applied, by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefreshForm {
    /// The keys of the changes to apply. The others are left out from now on, until the source changes again.
    pub apply: Vec<String>,
    /// The [`RefreshView::shown`] of the page.
    pub shown: String,
}
