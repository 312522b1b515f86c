//! Pages and answers are made for one viewer: a cache on the way must not show them to another, and the browser's own
//! must not bring back what belonged to somebody who has logged out.

use app::paths;
use app::server::SESSION_ACCOUNT;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::Next;
use axum::response::Response;
use model::AccountId;
use tower_sessions::Session;

/// Marks a response private unless it says itself how it may be kept. A guest's browser may keep it, so that going
/// back is instant and what was typed is still there, such as the address in a checkout.
pub async fn mark(request: Request, next: Next) -> Response {
    kept_as("private, no-cache", next.run(request).await)
}

/// Lets nobody keep what belongs to an account, the answer that logs in or out included, and what is behind a secret
/// link. Browsers ask again on the way back, and the server then knows whether she is still here.
pub async fn seal(session: Session, request: Request, next: Next) -> Response {
    let is_secret = paths::is_secret(request.uri().path());
    let was_signed = is_signed(&session).await;
    let response = next.run(request).await;
    if is_secret || was_signed || is_signed(&session).await {
        kept_as("no-store", response)
    } else {
        response
    }
}

/// Whether the session is an account's. What can't be read may be.
async fn is_signed(session: &Session) -> bool {
    !matches!(session.get::<AccountId>(SESSION_ACCOUNT).await, Ok(None))
}

fn kept_as(how: &'static str, mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(how));
    response
}
