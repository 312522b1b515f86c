//! Pages from the inside: shown in the answer to a form, without being asked for.

use super::token::Browser;
use crate::error::AppError;
use crate::paths;
use crate::wire::flash::Flash;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, TRANSFER_ENCODING,
};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use market::Market;
use std::fmt;
use tower::ServiceExt;
use tower_sessions::Session;

/// The answer to a request that no page can be shown for: its headers, its path, what is wrong.
pub type Plainly = fn(&HeaderMap, &str, &AppError) -> Response;

/// Every page of the market.
#[derive(Clone)]
pub struct Pages {
    pub(super) market: Market,
    pub(super) plainly: Plainly,
    router: Router,
}

impl Pages {
    /// `routes` are the pages without anything around them.
    pub fn new<S: Clone + Send + Sync + 'static>(
        market: &Market,
        routes: Router<S>,
        state: S,
        plainly: Plainly,
    ) -> Pages {
        let plant = from_fn_with_state(market.clone(), crate::server::page::plant);
        Pages {
            market: market.clone(),
            plainly,
            router: routes.layer(plant).with_state(state),
        }
    }

    /// The page at `path` as the one who sent `headers` sees it.
    pub(super) async fn show(
        &self,
        path: &str,
        headers: &HeaderMap,
        session: Option<Session>,
        shown: Shown,
    ) -> Response {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap_or(Uri::from_static(paths::HOME));
        *request.headers_mut() = headers.clone();
        let about_the_form: [HeaderName; 4] = [
            CONTENT_TYPE,
            CONTENT_LENGTH,
            CONTENT_ENCODING,
            TRANSFER_ENCODING,
        ];
        for name in about_the_form {
            request.headers_mut().remove(name);
        }
        request
            .headers_mut()
            .insert(ACCEPT, HeaderValue::from_static("text/html"));
        request.extensions_mut().insert(shown);
        if let Some(session) = session {
            request.extensions_mut().insert(session);
        }
        match self.router.clone().oneshot(request).await {
            Ok(page) => page,
            Err(never) => match never {},
        }
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// What a page is given that is shown in the answer to a form.
#[derive(Clone)]
pub(in crate::server) struct Shown {
    pub flash: Flash,
    pub(super) browser: Browser,
}
