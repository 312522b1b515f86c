//! A pasted link on its way to a product, whole shops of them, and what a product's source says afterwards.

mod filled;
mod form;
mod found;
mod problem;
mod shop;
mod source;
mod state;
mod view;

pub use filled::{FoundProduct, FoundVariant};
pub use form::{ImportForm, NewImport, PictureChoice};
pub use found::{FieldName, FoundField, VariantColumn};
pub use problem::ImportProblem;
pub use shop::{
    ShopImportForm, ShopImportOrder, ShopImportPage, ShopImportState, ShopImportView, ShopItem,
};
pub use source::{KeepInStep, RefreshForm, RefreshView, SourceChange, SourceView};
pub use state::ImportState;
pub use view::{ImportCheck, ImportDesk, ImportPicture, ImportView, OtherCurrency, Pasted};
