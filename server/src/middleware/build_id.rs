//! Every answer says which build gave it, so that a page from another one can tell; and what a page of another build
//! reads is not given, since it would not understand it.

use crate::refusal::Refusal;
use crate::site::Site;
use app::wire::names::BUILD_HEADER;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

pub async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked_by = request.headers().get(BUILD_HEADER);
    let mut response = match asked_by {
        Some(build) if build.as_bytes() != site.build.id.as_bytes() => {
            Refusal::to(&request).outdated()
        }
        _ => next.run(request).await,
    };
    if let Ok(id) = HeaderValue::from_str(&site.build.id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(BUILD_HEADER), id);
    }
    response
}
