//! What the tests beside the code begin with.

use crate::{Market, Settings};
use tempfile::TempDir;

/// A market in an SQLite file in this folder, which goes with it.
pub(crate) async fn empty_market(folder: &TempDir) -> Market {
    let url = format!("sqlite://{}", folder.path().join("market.db").display());
    let settings = Settings::new(url, folder.path());
    let market = Market::connect(settings).await.unwrap();
    market.migrate().await.unwrap();
    market
}
