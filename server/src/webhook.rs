//! Messages of the payment provider, sent when something became of a charge.

use crate::middleware::body_limit;
use crate::site::Site;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use market::Error;

/// `POST /webhooks/payments`. A signature is what these come with, not a page of ours: the origin check does not
/// apply to them.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/webhooks/payments", post(payment))
        .layer(from_fn_with_state(body_limit::MESSAGE, body_limit::enforce))
}

/// Anything but success makes the provider send the message again later.
async fn payment(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = site
        .market
        .webhook_signature()
        .and_then(|name| headers.get(name)?.to_str().ok())
        .unwrap_or_default();
    match market::payment::event(&site.market, signature, &body).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(Error::NotFound(_)) => StatusCode::NOT_FOUND,
        Err(Error::Forged(forged)) => {
            tracing::warn!("refused a message: {forged}");
            StatusCode::BAD_REQUEST
        }
        Err(Error::Unavailable(why)) => {
            tracing::error!(%why, "a payment provider's message could not be followed up");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(error) => {
            tracing::error!(%error, "a payment provider's message could not be followed up");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
