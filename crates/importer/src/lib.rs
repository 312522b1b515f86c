//! A link becomes a product draft.
//!
//! `fetch` is the only I/O: it gets one page of a stranger's shop, guarded. [`extract()`] is pure: bytes, address
//! and content type become a [`Draft`], or a [`NotADraft`] that says what the page is instead.

pub mod address;
pub mod batch;
mod blocking;
pub mod classify;
pub mod document;
pub mod draft;
pub mod extract;
pub mod fetch;
pub mod import;
pub mod json;
mod not_a_draft;
mod page;
pub mod platform;
pub mod reading;
pub mod shop;
pub mod sources;
mod subject;
pub mod text;
mod variant;
mod weigh;

pub use document::Document;
pub use draft::{Amount, Availability, Confidence, Draft, Image, Source, Sourced, Variant};
pub use extract::{ReadPage, extract};
pub use not_a_draft::NotADraft;
pub use page::Page;
pub use reading::Reading;
