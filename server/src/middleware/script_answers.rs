//! What the script of a page is answered is packed, since it reads no JSON; whoever else asks gets the JSON.

use crate::site::Site;
use app::done::Done;
use app::error::{AppError, AppResult};
use app::wire::packed::{CONTENT_TYPE as PACKED, pack};
use app::wire::told::Told;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn repack(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = request.headers().get(ACCEPT);
    let by_script = asked.is_some_and(|accepted| accepted.as_bytes() == PACKED.as_bytes());
    let response = next.run(request).await;
    let kind = response.headers().get(CONTENT_TYPE);
    if !by_script || kind.is_none_or(|kind| kind.as_bytes() != b"application/json") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // It is our own answer, however long.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let body = match packed(&site.build.id, parts.status, &body) {
        Ok(packed) => {
            let kind = HeaderValue::from_static(PACKED);
            parts.headers.insert(CONTENT_TYPE, kind);
            parts.headers.remove(CONTENT_LENGTH);
            Bytes::from(packed)
        }
        Err(_) => body,
    };
    Response::from_parts(parts, Body::from(body))
}

fn packed(build: &str, status: StatusCode, json: &[u8]) -> AppResult<Vec<u8>> {
    let unreadable = |_| AppError::NotUnderstood;
    let told = if status.is_success() {
        let done: Done = serde_json::from_slice(json).map_err(unreadable)?;
        done.tell(build)?
    } else {
        let error: AppError = serde_json::from_slice(json).map_err(unreadable)?;
        Told::refused(build, &error)?
    };
    pack(&told)
}
