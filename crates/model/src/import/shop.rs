use super::problem::ImportProblem;
use super::view::ImportView;
use crate::{Checker, FieldError, Page, ShopImportId, Timestamp, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// How far the import of a whole shop has come.
    ShopImportState {
        /// The list of its products is being put together.
        Listing = "listing",
        /// The list is here; whether to go on is to be said.
        Listed = "listed",
        /// One product after the other is being read.
        Running = "running",
        /// It waits until it is told to go on.
        Paused = "paused",
        /// Every product was read.
        Done = "done",
        /// It was ended before; what had been read stays.
        Cancelled = "cancelled",
        /// There is no list.
        Failed = "failed",
    }
}

impl ShopImportState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ShopImportState::Listing => "Looking for products",
            ShopImportState::Listed => "Waiting for your go",
            ShopImportState::Running => "Importing",
            ShopImportState::Paused => "Paused",
            ShopImportState::Done => "Done",
            ShopImportState::Cancelled => "Cancelled",
            ShopImportState::Failed => "Could not be read",
        }
    }

    /// The market is still at it: worth looking again in a moment.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(self, ShopImportState::Listing | ShopImportState::Running)
    }
}

/// A whole shop and how far its import has come. Of `found` products, those that are none of the
/// others still wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopImportView {
    /// The import.
    pub id: ShopImportId,
    /// The link it started from.
    pub url: String,
    /// That link's host.
    pub host: String,
    /// How far it has come.
    pub state: ShopImportState,
    /// Why there is no list.
    pub problem: Option<ImportProblem>,
    /// Products on the list.
    pub found: i64,
    /// Products read: ready to check, or saved.
    pub done: i64,
    /// Products that could not be read.
    pub failed: i64,
    /// Products that this store had imported before; they are left as they are.
    pub known: i64,
    /// Products that were thrown away, or not read because the rest was cancelled.
    pub discarded: i64,
    /// The shop has more than a store can import at once.
    pub more: bool,
    /// The list holds the whole shop, though the link led to a part of it.
    pub whole_shop: bool,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

impl ShopImportView {
    /// How much is done, 0 to 100.
    #[must_use]
    pub fn percent(&self) -> i64 {
        let past = self.done + self.failed + self.known + self.discarded;
        (past * 100)
            .checked_div(self.found)
            .unwrap_or(0)
            .clamp(0, 100)
    }
}

/// A whole shop with one page of its products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopImportPage {
    /// The shop.
    pub shop: ShopImportView,
    /// Its products, in the shop's order.
    pub items: Page<ShopItem>,
}

/// One product of a whole shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopItem {
    /// Its page.
    pub url: String,
    /// Its title, as far as it is known; else its address.
    pub title: String,
    /// This store had it already.
    pub known: bool,
    /// Its import, once the shop's import was started.
    pub import: Option<ImportView>,
}

/// What a person says when a whole shop is to be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopImportForm {
    /// Anything: what is complete is saved as drafts. Nothing: each product is checked first.
    pub save_drafts: String,
    /// With `save_drafts`: the category's word of products whose own category is not clear.
    pub category: String,
}

/// A checked [`ShopImportForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShopImportOrder {
    /// The category of drafts whose own is not clear; `None`: no drafts are saved.
    pub drafts: Option<crate::Category>,
}

impl ShopImportForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<ShopImportOrder, Vec<FieldError>> {
        let mut check = Checker::new();
        let drafts = if self.save_drafts.is_empty() {
            None
        } else {
            check.word("category", &self.category, "Choose a category.")
        };
        check.finish(ShopImportOrder { drafts })
    }
}
