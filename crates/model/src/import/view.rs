use super::form::ImportForm;
use super::found::FoundField;
use super::problem::ImportProblem;
use super::shop::ShopImportView;
use super::state::ImportState;
use crate::{ImportId, ImportPictureId, Page, Picture, ProductId, ShopImportId, Timestamp};
use serde::{Deserialize, Serialize};

/// What became of a pasted link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pasted {
    /// It is being read, or was before: the page of this import shows how far it is.
    Import(ImportId),
    /// The store already has this product.
    Product(ProductId),
}

/// A pasted link and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// The import.
    pub id: ImportId,
    /// The page it reads.
    pub url: String,
    /// That page's host.
    pub host: String,
    /// How far it has come.
    pub state: ImportState,
    /// Why it failed.
    pub problem: Option<ImportProblem>,
    /// The product's title, once it is known.
    pub title: Option<String>,
    /// Its first picture, once it is here.
    pub picture: Option<ImportPicture>,
    /// What it became.
    pub product: Option<ProductId>,
    /// The whole shop it was imported with.
    pub shop: Option<ShopImportId>,
    /// When the link was pasted.
    pub asked_at: Timestamp,
}

/// One import with everything a person needs to check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCheck {
    /// The import.
    pub import: ImportView,
    /// What the form starts from: all that was found. Empty but for the link when nothing was.
    pub form: ImportForm,
    /// What was found, in the form's order; also what the form has no field for.
    pub found: Vec<FoundField>,
    /// The pictures that were copied, in the page's order.
    pub pictures: Vec<ImportPicture>,
    /// Prices on the page that are not in the market's currency: shown and asked for, never converted.
    pub other_currency: Option<OtherCurrency>,
    /// Sentences for whoever checks this.
    pub warnings: Vec<String>,
}

/// A price in a currency that is not the market's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherCurrency {
    /// Its ISO 4217 code.
    pub currency: String,
    /// The price as the page has it, with the currency: `1049.95 SEK`.
    pub price: String,
}

/// A picture that was copied from a page and is not a product's yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPicture {
    /// The picture.
    pub id: ImportPictureId,
    /// Its random file key.
    pub key: String,
    /// What it shows, as the page says.
    pub alt: String,
}

impl ImportPicture {
    /// The address of the large size (at most 1200 px a side).
    #[must_use]
    pub fn large(&self) -> String {
        Picture::large_of(&self.key)
    }

    /// The address of the small size (at most 480 px a side).
    #[must_use]
    pub fn small(&self) -> String {
        Picture::small_of(&self.key)
    }
}

/// A store's imports that are not products yet, and its whole shops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDesk {
    /// The last pasted first.
    pub imports: Page<ImportView>,
    /// Whole shops, the last first, at most 20.
    pub shops: Vec<ShopImportView>,
}
