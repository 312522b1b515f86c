//! For whatever watches over the process. Both answers are one word and tell nothing else.

use crate::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers: don't restart it.
pub async fn live() -> &'static str {
    "live\n"
}

/// The database answers too: send requests here.
pub async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(PATIENCE, site.market.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
        Err(_elapsed) => {
            tracing::error!("the database takes too long to answer");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
