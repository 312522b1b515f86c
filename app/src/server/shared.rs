//! Layers around a router that cost the same however many there are.
//!
//! A router copies its services for each request, and each layer copies what is below it once more: twenty layers around
//! one another are copied two hundred times. What is below one of these is copied as a pointer.

use axum::extract::Request;
use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::util::Oneshot;
use tower::{Layer, Service, ServiceExt};

/// A layer whose services are copied as a pointer.
#[derive(Clone)]
pub struct Shared<L>(pub L);

impl<S, L: Layer<S>> Layer<S> for Shared<L> {
    type Service = Pointer<L::Service>;

    fn layer(&self, below: S) -> Pointer<L::Service> {
        Pointer(Arc::new(self.0.layer(below)))
    }
}

/// A service that is copied once for each request, when its turn comes.
pub struct Pointer<S>(Arc<S>);

impl<S> Clone for Pointer<S> {
    fn clone(&self) -> Pointer<S> {
        Pointer(Arc::clone(&self.0))
    }
}

impl<S> Service<Request> for Pointer<S>
where
    S: Service<Request, Error = Infallible> + Clone,
{
    type Response = S::Response;
    type Error = Infallible;
    type Future = Oneshot<S, Request>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // The copy says when it is ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Oneshot<S, Request> {
        S::clone(&self.0).oneshot(request)
    }
}
