//! What the server itself answers when a request does not get as far as a page: a sentence that says what to
//! do, in the form its reader understands.

use crate::middleware::request_id;
use app::error::AppError;
use app::server::accepts_page;
use axum::extract::Request;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Remembers who asked, so that the refusal can be worded after the request is gone.
#[derive(Debug, Clone)]
pub struct Refusal {
    reader: Reader,
    request_id: String,
}

/// See [`Refusal::of`].
pub fn plainly(headers: &HeaderMap, path: &str, error: &AppError) -> Response {
    Refusal::to_headers(headers, path).of(error)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A person: a small page.
    Person,
    /// A script of our pages, which reads [`AppError`]s.
    Page,
    /// Anything else: one line of text.
    Tool,
}

impl Refusal {
    /// Whether a person would see the answer.
    pub fn is_for_a_person(&self) -> bool {
        self.reader == Reader::Person
    }

    pub fn to(request: &Request) -> Self {
        Self::to_headers(request.headers(), request.uri().path())
    }

    pub fn to_headers(headers: &HeaderMap, path: &str) -> Self {
        let reader = if accepts_page(headers) {
            Reader::Person
        } else if path.starts_with("/api/") || path.starts_with("/upload/") {
            Reader::Page
        } else {
            Reader::Tool
        };
        Self {
            reader,
            request_id: request_id::of(headers).to_owned(),
        }
    }

    /// A fault of ours.
    pub fn broken(&self) -> Response {
        self.answer(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something broke on our side",
            "It was not your doing, and it has been noted. Go back and try again in a moment.",
            &AppError::Internal {
                request_id: self.request_id.clone(),
            },
        )
    }

    /// The request asks for a function that this build does not have.
    pub fn outdated(&self) -> Response {
        self.answer(
            StatusCode::NOT_FOUND,
            "The market was updated",
            "The page you came from is from before that. Go back, load it again, and take the step once more.",
            &AppError::Outdated,
        )
    }

    /// The request came from another site.
    pub fn foreign(&self) -> Response {
        self.answer(
            StatusCode::FORBIDDEN,
            "That did not come from this site",
            "Open the page here, on this site, and send the form again.",
            &AppError::Conflict(
                "This request came from another site. Reload the page and try again.".into(),
            ),
        )
    }

    /// Too many attempts; the next one is accepted after `seconds`.
    pub fn too_many(&self, seconds: u32) -> Response {
        let seconds = seconds.max(1);
        let error = AppError::TooMany {
            retry_after: seconds,
        };
        let mut response = self.answer(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many attempts",
            &format!("{error} Go back to find what you typed still there."),
            &error,
        );
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    /// The body is longer than `most` bytes.
    pub fn too_large(&self, most: usize) -> Response {
        let sentence = format!("That is too large. Send at most {}.", size(most));
        self.answer(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That is too large",
            &sentence,
            &AppError::Conflict(sentence.clone()),
        )
    }

    /// The database can't be used at the moment.
    pub fn unavailable(&self, sentence: &str) -> Response {
        let mut response = self.answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "Not at the moment",
            sentence,
            &AppError::Unavailable(sentence.to_owned()),
        );
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        response
    }

    /// A page that takes longer than any page may: nobody but the market is to blame.
    pub fn too_busy(&self) -> Response {
        self.unavailable(
            "The market takes too long to answer at the moment. It is our fault, not yours: try again in a minute.",
        )
    }

    /// It took longer than any request may.
    pub fn too_slow(&self) -> Response {
        let sentence = "This took too long. Check your connection and try again.";
        self.answer(
            StatusCode::REQUEST_TIMEOUT,
            "This took too long",
            sentence,
            &AppError::Conflict(sentence.into()),
        )
    }

    /// What the interface refuses without a page of its own.
    pub fn of(&self, error: &AppError) -> Response {
        let title = match error {
            AppError::Forged => "That did not come from this site",
            AppError::TooLarge(_) => "That is too large",
            AppError::Internal { .. } => return self.broken(),
            _ => "That could not be read",
        };
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
        self.answer(status, title, &error.to_string(), error)
    }

    fn answer(
        &self,
        status: StatusCode,
        title: &str,
        sentence: &str,
        error: &AppError,
    ) -> Response {
        match self.reader {
            Reader::Person => self.page(status, title, sentence),
            Reader::Page => (
                status,
                [(CONTENT_TYPE, "application/json")],
                serde_json::to_string(error).unwrap_or_default(),
            )
                .into_response(),
            Reader::Tool => (status, format!("{sentence}\n")).into_response(),
        }
    }

    /// A page that needs nothing else to work: when it is shown, something else may not.
    fn page(&self, status: StatusCode, title: &str, sentence: &str) -> Response {
        let nonce = format!("{:032x}", rand::random::<u128>());
        let request_id = &self.request_id;
        let html = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
             <style nonce=\"{nonce}\">{STYLE}</style></head><body><main><h1>{title}</h1><p>{sentence}</p>\
             <p><a href=\"/\">Go to the start page</a></p><small>Request {request_id}</small></main></body></html>"
        );
        let policy = format!(
            "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        (
            status,
            [
                (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
                (CONTENT_SECURITY_POLICY, policy),
            ],
            html,
        )
            .into_response()
    }
}

/// When somebody may try again whom we could not serve.
const RETRY_SECONDS: u32 = 30;

const STYLE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;\
    font:1.125rem/1.5 system-ui,sans-serif;color:#292524;background:#faf8f5}\
    main{max-width:32rem;padding:2rem}h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem}\
    a{color:inherit}small{color:#78716c}\
    @media(prefers-color-scheme:dark){body{color:#e7e5e4;background:#1c1917}small{color:#a8a29e}}";

/// For people: `64 KiB`, `8 MiB`.
pub fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    if bytes >= MIB {
        format!("{} MiB", bytes / MIB)
    } else {
        format!("{} KiB", bytes / KIB)
    }
}
