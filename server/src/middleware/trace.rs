//! One log line per request, and a span that carries the request id into every line written meanwhile.

use super::request_id;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

/// Logs the *route*, never the address: the link to an order is a secret, and a search is somebody's own business.
pub async fn log(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(no route)", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        id = request_id::of(request.headers()),
        method = %request.method(),
        route,
    );
    async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let status = response.status();
        let ms = start.elapsed().as_millis();
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), ms, "answered");
        } else {
            tracing::info!(status = status.as_u16(), ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}
