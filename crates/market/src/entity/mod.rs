//! The rows, one file per table. They never leave this crate: a view function makes what a screen needs.

#![expect(
    clippy::disallowed_methods,
    reason = "the derive writes nested saves that start transactions; nothing here calls them"
)]

pub(crate) mod account;
pub(crate) mod cart;
pub(crate) mod cart_line;
pub(crate) mod holder;
pub(crate) mod import;
pub(crate) mod import_picture;
pub(crate) mod ledger_account;
pub(crate) mod listing;
pub(crate) mod offer;
pub(crate) mod order;
pub(crate) mod order_line;
pub(crate) mod outbox;
pub(crate) mod parcel;
pub(crate) mod payment;
pub(crate) mod picture;
pub(crate) mod product;
pub(crate) mod pulse;
pub(crate) mod refund;
pub(crate) mod sandbox_charge;
pub(crate) mod sandbox_refund;
pub(crate) mod secret;
pub(crate) mod sending;
pub(crate) mod session;
pub(crate) mod settled;
pub(crate) mod shop_import;
pub(crate) mod shop_item;
pub(crate) mod source;
pub(crate) mod source_page;
pub(crate) mod source_variant;
pub(crate) mod store;
pub(crate) mod store_name;
pub(crate) mod transfer;
pub(crate) mod variant;

mod page_url;
mod states;

pub(crate) use page_url::PageUrl;
pub(crate) use states::{Asset, Errand, PaymentState, RefundState, SandboxState};
