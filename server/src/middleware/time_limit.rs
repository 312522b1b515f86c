//! No request takes longer than this, a body that trickles in included.

use crate::refusal::Refusal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// Long enough for an upload over a slow line.
const LIMIT: Duration = Duration::from_secs(30);

/// Pages take milliseconds; nobody waits longer for one whose database does not answer.
const PAGE_LIMIT: Duration = Duration::from_secs(10);

pub async fn enforce(request: Request, next: Next) -> Response {
    let refusal = Refusal::to(&request);
    // Who only reads sends nothing that could be slow.
    let reads = request.method().is_safe();
    let limit = if reads { PAGE_LIMIT } else { LIMIT };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) if reads => refusal.too_busy(),
        Err(_elapsed) => refusal.too_slow(),
    }
}
