//! Where a visitor comes from, for everything that is bounded.

use crate::{Market, Result, secret};
use model::Timestamp;
use std::fmt;
use std::sync::Arc;

const DAY_MS: i64 = 24 * 60 * 60_000;

/// The network a visitor comes from: what counts as one customer, in the words of whoever made it. It stays in
/// memory; the database gets a name that is good for the day.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Source(Arc<str>);

impl Source {
    /// `network` is the same text for the same customer.
    #[must_use]
    pub fn new(network: &str) -> Source {
        Source(network.into())
    }

    /// A name that is the same in all processes until the day (UTC) is over, and leads back to no network once the day's
    /// secret is swept.
    pub(crate) async fn name_of_today(&self, market: &Market) -> Result<String> {
        let day = market.now().0.div_euclid(DAY_MS);
        // Swept a day later, when nothing bears such a name any more.
        let ends_at = Timestamp((day + 2) * DAY_MS);
        let secret = format!("sources:{day}");
        let hash = secret::keyed_hash(market, &secret, Some(ends_at), &self.0);
        Ok(hash.await?.chars().take(32).collect())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source(hidden)")
    }
}
