//! A limit on what can be sent. Server functions read bodies without one of their own.

use crate::refusal::Refusal;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::Limited;

/// Plenty for the longest form there is, in any script: a product with all its variants and a full description.
pub const FORM: Limit = Limit(app::server::forms::MOST_BYTES);

/// Plenty for what a payment provider has to say.
pub const MESSAGE: Limit = Limit(64 * 1024);

/// The most bytes a request's body may have.
#[derive(Debug, Clone, Copy)]
pub struct Limit(pub usize);

/// Refuses a body that is announced as longer, and cuts off one that turns out longer.
pub async fn enforce(State(Limit(most)): State<Limit>, request: Request, next: Next) -> Response {
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Refusal::to(&request).too_large(most);
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most))))
        .await
}
