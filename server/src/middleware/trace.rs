//! One log line per request, and a span that carries the request id into every line written meanwhile. Both, and what is
//! counted, name the *route*, never the address: the link to an order is a secret, and a search is somebody's own business.

use super::request_id;
use crate::log::waits;
use crate::site::Site;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

/// Runs around everything.
pub async fn log(State(site): State<Site>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("(no route)", MatchedPath::as_str);
    let method = request.method().clone();
    let span = tracing::info_span!(
        waits::REQUEST,
        id = request_id::of(request.headers()),
        %method,
        route,
    );
    async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let status = response.status();
        let took = start.elapsed();
        let ms = took.as_millis();
        site.metrics.answered(&method, route, status, took);
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), ms, "answered");
        } else {
            tracing::info!(status = status.as_u16(), ms, "answered");
        }
        if site.config.slow_request.is_some_and(|slow| took >= slow) {
            let waited = waits::told();
            tracing::warn!(ms, waited, "this took long");
        }
        response
    }
    .instrument(span)
    .await
}
