//! A panic in a handler is a fault of ours: it ends that request, not the server, and shows nothing of itself.

use crate::refusal::Refusal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;

pub async fn catch(request: Request, next: Next) -> Response {
    let refusal = Refusal::to(&request);
    // Nothing of the panicked request is looked at again, so it can't be seen half-changed.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(panic = message(&*panic), "a handler panicked");
            refusal.broken()
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::middleware::request_id;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn break_something() {
        panic!("the secret is {}", "open sesame");
    }

    #[tokio::test]
    async fn a_panic_shows_the_request_id_and_nothing_of_itself() {
        let router = Router::new()
            .route("/", get(break_something))
            .layer(from_fn(catch))
            .layer(from_fn(request_id::assign));
        let request = Request::builder()
            .uri("/")
            .header("accept", "text/html")
            .body(Body::empty())
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        let id = response.headers()[request_id::HEADER]
            .to_str()
            .unwrap()
            .to_owned();
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let html = String::from_utf8(body.to_vec()).unwrap();
        assert!(html.contains(&id) && html.contains("on our side"), "{html}");
        assert!(
            !html.contains("secret") && !html.contains("sesame"),
            "{html}"
        );
    }
}
