//! Answers to server functions: the status of an error, and the way back for plain form posts.
//!
//! The framework answers a plain post with a redirect that has the error in its address and nothing of what
//! was typed. Here the redirect is made anew: what was typed and the error go into the session for one page,
//! the address stays clean, and a success says its sentence on the page it leads to.

use crate::done::{Done, own_path};
use crate::error::AppError;
use crate::flash::{Flash, Refused, Said, may_keep};
use crate::paths;
use crate::ui::form::BUTTON_INPUT;
use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use tower_sessions::Session;

/// The session's key for what the next page shows.
pub const SESSION_FLASH: &str = "flash";

/// The largest post whose values are kept, and the largest answer looked into. Longer ones are cut off by the
/// server's own limits before.
const MOST_BYTES: usize = 256 * 1024;

/// The longest value kept of one field.
const MOST_KEPT: usize = 8 * 1024;

/// What was typed, by input name.
type Values = Vec<(String, String)>;

/// Runs around every page and server function.
pub async fn answer(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_plain_form(request.headers()) {
        answer_plain_form(request, next).await
    } else {
        with_status(next.run(request).await).await
    }
}

/// A browser without JavaScript asks for a page and sends a form.
fn is_plain_form(headers: &HeaderMap) -> bool {
    let says = |name, word| {
        headers
            .get(name)
            .and_then(text)
            .is_some_and(|value| value.contains(word))
    };
    says(ACCEPT, "text/html") && says(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The answer of a server function that refuses before it is asked. Like every other it passes through [`answer`].
#[must_use]
pub fn refusal(error: &AppError) -> Response {
    let marked = [
        (SERVER_FN_ERROR_HEADER, "limit"),
        ("content-type", "application/json"),
    ];
    (StatusCode::INTERNAL_SERVER_ERROR, marked, error.ser()).into_response()
}

/// Gives an error of a server function the status it means; the framework gives every one 500.
async fn with_status(response: Response) -> Response {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let error = AppError::de(body.clone());
    parts.status =
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = error.retry_after() {
        parts
            .headers
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, Body::from(body))
}

async fn answer_plain_form(request: Request, next: Next) -> Response {
    let back = page_before(request.headers());
    let action = request.uri().path().to_owned();
    let session = request.extensions().get::<Session>().cloned();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let values = kept_values(body.clone()).await;
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;

    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (way, flash) = if parts.headers.contains_key(SERVER_FN_ERROR_HEADER) {
        refused(action, values, AppError::de(body), back)
    } else {
        // A function that answers something else than `Done` has nothing to say to a person.
        let done = serde_json::from_slice::<Done>(&body).unwrap_or_default();
        let way = own_path(done.go.as_deref(), &back);
        let flash = Flash::on(&way, done.say.map(Said::done), None);
        (way, flash)
    };
    if !flash.is_empty()
        && let Some(session) = session
        && let Err(error) = session.insert(SESSION_FLASH, flash).await
    {
        tracing::error!(%error, "what the next page should show could not be kept");
    }

    // Cookies and the like stay; what described the answer that nobody sees goes.
    parts.status = StatusCode::SEE_OTHER;
    for described in [
        CONTENT_TYPE,
        CONTENT_LENGTH,
        HeaderName::from_static(SERVER_FN_ERROR_HEADER),
    ] {
        parts.headers.remove(described);
    }
    parts.headers.insert(
        LOCATION,
        HeaderValue::from_str(&way).unwrap_or(HeaderValue::from_static(paths::HOME)),
    );
    Response::from_parts(parts, Body::empty())
}

/// Where a refused form leads, and what is shown there.
fn refused(action: String, values: Values, error: AppError, back: String) -> (String, Flash) {
    if !is_only_a_button(&values) {
        let refused = Refused {
            action,
            values,
            error,
        };
        let flash = Flash::on(&back, None, Some(refused));
        return (back, flash);
    }
    if error == AppError::SignIn {
        return (paths::log_in_then(&back), Flash::default());
    }
    let said = Said::failed(error.to_string());
    let flash = Flash::on(&back, Some(said), None);
    (back, flash)
}

fn is_only_a_button(values: &Values) -> bool {
    values.iter().any(|(name, _)| name == BUTTON_INPUT)
}

/// The path of the page the form stood on. The origin check has seen that it is one of ours; what it says of
/// a host is not used.
fn page_before(headers: &HeaderMap) -> String {
    let address = headers
        .get(REFERER)
        .and_then(text)
        .and_then(|referer| referer.parse::<Uri>().ok());
    let path = address
        .as_ref()
        .and_then(Uri::path_and_query)
        .map(ToString::to_string);
    own_path(path.as_deref(), paths::HOME)
}

/// What was typed, without secrets and without what is too long to keep.
async fn kept_values(body: Bytes) -> Values {
    let post = Request::builder()
        .method(Method::POST)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body));
    let Ok(post) = post else { return Vec::new() };
    match Form::<Vec<(String, String)>>::from_request(post, &()).await {
        Ok(Form(values)) => values
            .into_iter()
            .filter(|(name, value)| may_keep(name) && value.len() <= MOST_KEPT)
            .collect(),
        Err(_) => Vec::new(),
    }
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(referer: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(REFERER, HeaderValue::from_static(referer));
        page_before(&headers)
    }

    #[test]
    fn the_way_back_is_a_path_of_this_market() {
        assert_eq!(
            before("http://shop.example/log-in?next=%2Fcart"),
            "/log-in?next=%2Fcart"
        );
        assert_eq!(before("https://evil.example//evil.example/x"), "/");
        assert_eq!(before("nonsense"), "/");
        assert_eq!(page_before(&HeaderMap::new()), "/");
    }
}
