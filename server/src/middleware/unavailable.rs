//! When the database can't be used, a person is told so on a page that needs none.

use crate::refusal::Refusal;
use app::error::AppError;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use leptos::server_fn::error::FromServerFnError;
use std::cell::Cell;

tokio::task_local! {
    /// What kept the session of this request from being read or written.
    static SESSION_TROUBLE: Cell<Option<&'static str>>;
}

/// The longest error.
const MOST_BYTES: usize = 64 * 1024;

/// Notes that this request's session could not be read or written, and what a person should read of it.
pub fn note(sentence: &'static str) {
    let _outside_of_a_request = SESSION_TROUBLE.try_with(|trouble| trouble.set(Some(sentence)));
}

/// Goes around the session's layer, which answers with an empty page when it can't save.
pub async fn explain(request: Request, next: Next) -> Response {
    let refusal = Refusal::to(&request);
    let answer = async move {
        let response = next.run(request).await;
        (response, SESSION_TROUBLE.with(Cell::get))
    };
    let (response, trouble) = SESSION_TROUBLE.scope(Cell::new(None), answer).await;
    match (response.status(), trouble) {
        (StatusCode::INTERNAL_SERVER_ERROR, Some(sentence)) => refusal.unavailable(sentence),
        (StatusCode::SERVICE_UNAVAILABLE, _) if refusal.is_for_a_person() => {
            for_a_person(response, &refusal).await
        }
        _ => response,
    }
}

/// A page stays what it is; the answer that a script would understand becomes one.
async fn for_a_person(response: Response, refusal: &Refusal) -> Response {
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    if is_page {
        return response;
    }
    let Ok(body) = to_bytes(response.into_body(), MOST_BYTES).await else {
        return refusal.broken();
    };
    refusal.unavailable(&AppError::de(body).to_string())
}
