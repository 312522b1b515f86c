//! Where the visitor comes from, as far as it is counted.

use axum::http::request::Parts;
use leptos::prelude::with_context;
use market::Source;

/// What the server puts into a request whose visitor's doings are counted.
#[derive(Clone, Debug)]
pub struct VisitorsSource(pub Source);

/// Where the request being answered comes from; `None` when nothing is counted.
pub(super) fn of_request() -> Option<Source> {
    with_context::<Parts, _>(|request| {
        let source = request.extensions.get::<VisitorsSource>()?;
        Some(source.0.clone())
    })?
}
