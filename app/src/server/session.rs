//! The visitor's session: who she is, and which cart is hers.

use super::{market, request};
use crate::error::AppResult;
use market::once::Sending;
use model::{AccountId, CartId, ListingId, VariantId};
use tower_sessions::Session;

/// The session's key for the signed-in account's number.
pub const SESSION_ACCOUNT: &str = "account";

/// The session's key for a guest's cart.
pub(super) const SESSION_CART: &str = "cart";

/// The session of the request being answered.
///
/// # Errors
/// [`crate::error::AppError::Internal`] outside of the session layer.
pub fn session() -> AppResult<Session> {
    request()?
        .extensions
        .get::<Session>()
        .cloned()
        .ok_or_else(super::outside)
}

/// Logs in under a new session id, so that an id somebody planted before is worth nothing. What a guest put
/// in the cart comes along.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session can't be written.
pub async fn log_in(account: AccountId) -> AppResult<()> {
    let session = session()?;
    let cart = market::cart::of_account(&market()?, account, cart().await?).await?;
    session.cycle_id().await?;
    session.insert(SESSION_ACCOUNT, account).await?;
    match cart {
        Some(cart) => session.insert(SESSION_CART, cart).await?,
        None => _ = session.remove::<CartId>(SESSION_CART).await?,
    }
    Ok(())
}

/// Ends the session on the server; the cookie is removed.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session can't be ended.
pub async fn log_out() -> AppResult<()> {
    Ok(session()?.flush().await?)
}

/// Who the session says is signed in.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session can't be read.
pub async fn account() -> AppResult<Option<AccountId>> {
    Ok(session()?.get(SESSION_ACCOUNT).await?)
}

/// The cart the session has; nothing is in the cart of a visitor without one.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session can't be read.
pub async fn cart() -> AppResult<Option<CartId>> {
    Ok(session()?.get(SESSION_CART).await?)
}

/// Puts units of a variant from a store's shelf into the session's cart, once for each sending. The first thing makes
/// the cart, which the session keeps from then on.
///
/// # Errors
/// What the market refuses; [`crate::error::AppError::Internal`] when it or the session does not answer.
pub async fn put_into_cart(
    listing: ListingId,
    variant: VariantId,
    units: i64,
    sending: Sending,
) -> AppResult<()> {
    let known = cart().await?;
    let whose = (known, account().await?);
    let cart = market::cart::add_once(&market()?, whose, listing, variant, units, sending).await?;
    if known.is_none() {
        session()?.insert(SESSION_CART, cart).await?;
    }
    Ok(())
}
