//! No request takes longer than this, a body that trickles in included.

use crate::refusal::Refusal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// Long enough for an upload over a slow line; pages take milliseconds.
const LIMIT: Duration = Duration::from_secs(30);

pub async fn enforce(request: Request, next: Next) -> Response {
    let refusal = Refusal::to(&request);
    match tokio::time::timeout(LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => refusal.too_slow(),
    }
}
