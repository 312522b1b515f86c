//! The visitor's session: who she is, and which cart is hers.

use super::visitor::visitor_key;
use super::{market, put_by_server, request};
use crate::error::AppResult;
use market::cart::{Put, Visitor, Wanted, Whose};
use market::once::Sending;
use model::{AccountId, CartId};
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
    put_by_server().ok_or_else(super::outside)
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

/// The cart the session has, or that the signed-in shopper filled on another device; nothing is in the cart of a
/// visitor without one.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session or the market can't be read.
pub async fn cart() -> AppResult<Option<CartId>> {
    let cart = session()?.get(SESSION_CART).await?;
    match (cart, account().await?) {
        (None, Some(account)) => Ok(market::cart::mine(&market()?, account).await?),
        (cart, _) => Ok(cart),
    }
}

/// Puts something into the visitor's cart, once for each sending. The first thing makes the cart, which the session keeps
/// from then on; however many requests come at once, it is one cart.
///
/// # Errors
/// What the market refuses; [`crate::error::AppError::Internal`] when it or the session does not answer.
pub async fn put_into_cart(wanted: Wanted, sending: Sending) -> AppResult<Put> {
    let session = session()?;
    let before: Option<CartId> = session.get(SESSION_CART).await?;
    let whose = Whose {
        cart: before,
        account: account().await?,
        visitor: visitor(&session)?,
    };
    let put = market::cart::put_once(&market()?, whose, wanted, sending).await?;
    if before != Some(put.cart) {
        session.insert(SESSION_CART, put.cart).await?;
    }
    Ok(put)
}

/// What the requests of one visitor have in common before they have a cart: her cookie, or the session she has already.
fn visitor(session: &Session) -> AppResult<Option<Visitor>> {
    let by_cookie = visitor_key(&request()?);
    Ok(by_cookie.or_else(|| session.id().map(|id| Visitor::known_by(&id.to_string()))))
}
