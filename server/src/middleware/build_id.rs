//! Every answer says which build gave it, so that a page from another one can tell.

use crate::site::Site;
use app::coming_alive::BUILD_HEADER;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

pub async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&site.build.id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(BUILD_HEADER), id);
    }
    response
}
