use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{PageRequest, WalletPage};

/// The store's wallet with one page of its statement.
#[server(protocol = Reading)]
pub async fn read_wallet(page: PageRequest) -> AppResult<WalletPage> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::wallet::page(&market()?, owner, page).await?)
}
