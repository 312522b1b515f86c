//! Readers of texts: a price, a stock notice, an article number, a description.

pub mod availability;
pub mod currency;
pub mod identifier;
pub mod phrases;
pub mod place;
pub mod plain;
pub mod price;
pub mod prose;
