//! The market's rules on a database: ledger, offers, listings, cart, checkout, orders.
//!
//! Everything starts from a [`Market`], a handle that is cheap to clone. A function that acts for somebody
//! takes a value that only the right person can have got ([`account::Signed`], [`store::Owner`]), reads or
//! changes rows in one transaction, and answers with a view from `model`. Nothing here knows HTTP or HTML.
//!
//! A transaction holds rows, transfers and outbox rows, never a call to the outside. It locks rows in the one order that
//! ARCHITECTURE.md gives, so that two transactions never wait for each other in a circle.

pub mod account;
pub mod backup;
pub mod cart;
pub mod checkout;
mod clock;
mod code;
mod db;
mod entity;
mod error;
mod facts;
pub mod feed;
pub mod figures;
mod fresh;
pub mod import;
pub mod jobs;
mod lease;
mod ledger;
pub mod link;
pub mod listing;
pub mod live;
mod market;
mod migration;
pub mod offer;
pub mod once;
pub mod order;
mod outbox;
pub mod payment;
pub mod picture;
pub mod product;
pub mod search;
pub mod secret;
pub mod session;
mod settings;
mod settled;
pub mod sitemap;
mod source;
mod stock;
pub mod store;
mod sums;
mod task;
#[cfg(test)]
mod testing;
mod turns;
pub mod verify;
pub mod wallet;

pub use clock::Clock;
pub use code::random_code;
pub use error::{Error, Refusal, Result, Settled, Unavailable};
/// The languages whose words are found whatever their ending.
pub use finder::Language;
pub use ledger::issue;
pub use market::Market;
pub use settings::Settings;
pub use source::Source;

/// The target of spans that say what a request waits for. They are named after it, and shown with no line of a log.
pub const WAITS: &str = "waits";
