use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::ProductAt;

/// A product on a store's shelf, with its offer for store owners only (R10); or what became of it there.
#[server(protocol = Reading)]
pub async fn read_product(store: String, product: String) -> AppResult<ProductAt> {
    use crate::server::{market, viewer, visitor};
    visitor::welcome();
    Ok(market::product::at(&market()?, &store, &product, viewer().await?.owner()).await?)
}
