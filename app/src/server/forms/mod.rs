//! What stands around everything that changes something: it has to come from a page of ours, and its answer is one
//! that its sender can read.
//!
//! A script of ours is answered with the function's value or [`AppError`], and the status the error means. A
//! browser without JavaScript is answered with a page: after a success with a redirect and a sentence on the page
//! it leads to; after a refusal with the page the form stood on, shown at once in the answer, with everything that
//! was typed and what is wrong with it. So nothing of what people type waits here for a page that may never be
//! asked for. What a form needs for that comes with it: its page's token and its page's path, which the kit writes
//! into every form.

mod pages;
mod said;
mod sent;
mod token;

pub use pages::Pages;
pub(super) use pages::Shown;
pub use sent::Values;

pub(super) use said::take as take_sentence;
pub(super) use said::waits as sentence_waits;

use super::session::SESSION_ACCOUNT;
use crate::done::{Done, own_path};
use crate::error::AppError;
use crate::paths;
use crate::wire::flash::{Flash, Kept, Refused, Said};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use market::Market;
use model::AccountId;
use sent::Sent;
use token::{Browser, judge};
use tower_sessions::Session;

/// The longest post that is read, and the longest answer looked into: room for the longest form there is in any
/// script, where a letter may take twelve bytes, and as much again. The server's own limit for forms is the same.
pub const MOST_BYTES: usize = 256 * 1024;

/// What an answer says that is no server function's: what it did, or what was typed. It travels as an extension of
/// the response.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// What a browser without JavaScript is told when it worked.
    pub done: Done,
    /// What was typed, where only the route itself has read it.
    pub typed: Values,
}

/// An error as a server function answers with it.
#[must_use]
pub fn refusal(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let named = HeaderName::from_static(SERVER_FN_ERROR_HEADER);
    (status, [(named, "")], Json(error)).into_response()
}

/// Runs around every page, server function and upload.
pub(super) async fn answer(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return with_status(next.run(request).await).await;
    }
    let asked = Asked::of(&pages, &request);
    let (sent, request) = match Sent::read(request).await {
        Ok(read) => read,
        Err(error) => return asked.plainly(&error),
    };
    let allowed = match asked.account().await {
        Ok(account) => judge(&asked.browser, &sent.token(), account),
        Err(error) => Err(error),
    };
    let mut response = match allowed {
        Ok(()) => next.run(as_by_script(request)).await,
        Err(error) => {
            if error == AppError::Forged {
                tracing::warn!("refused a form that no page of ours made");
            }
            refusal(&error)
        }
    };
    if sent.plain {
        response = asked.as_page(&sent, response).await;
    }
    if let Some(cookie) = asked.browser.set_cookie(&asked.pages.market) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    with_status(response).await
}

/// What the browser is answered is decided here: the function itself always answers a script, and never with a
/// way back of the framework's own.
fn as_by_script(mut request: Request) -> Request {
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(REFERER);
    request
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

/// What is needed of a request after it was passed on.
struct Asked {
    pages: Pages,
    headers: HeaderMap,
    path: String,
    session: Option<Session>,
    browser: Browser,
}

impl Asked {
    fn of(pages: &Pages, request: &Request) -> Asked {
        Asked {
            pages: pages.clone(),
            headers: request.headers().clone(),
            path: request.uri().path().to_owned(),
            session: request.extensions().get::<Session>().cloned(),
            browser: Browser::of(&pages.market, request.headers()),
        }
    }

    async fn account(&self) -> Result<Option<AccountId>, AppError> {
        match &self.session {
            Some(session) => Ok(session.get(SESSION_ACCOUNT).await?),
            None => Ok(None),
        }
    }

    /// The answer when there is no page that could be shown: it says the sentence and nothing else.
    fn plainly(&self, error: &AppError) -> Response {
        (self.pages.plainly)(&self.headers, &self.path, error)
    }

    /// The answer for a person.
    async fn as_page(&self, sent: &Sent, response: Response) -> Response {
        let is_refusal = response.headers().contains_key(SERVER_FN_ERROR_HEADER);
        // An address that takes no forms, or none any more, answers with a page of its own.
        if !is_refusal && !response.status().is_success() {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, MOST_BYTES).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let aside = parts.extensions.remove::<Aside>();
        let cookies = parts.headers.get_all(SET_COOKIE).iter().cloned();
        let mut answer = if is_refusal {
            let typed = aside.map_or_else(|| sent.values(), |aside| aside.typed);
            let error = AppError::de(body);
            let wait = error.retry_after();
            let mut page = self.refused(sent, typed, error).await;
            if let Some(seconds) = wait {
                page.headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            page
        } else {
            // A function that answers something else than `Done` has nothing to say to a person.
            let done = aside.map_or_else(
                || serde_json::from_slice(&body).unwrap_or_default(),
                |aside| aside.done,
            );
            self.done(sent, done).await
        };
        for cookie in cookies {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
        answer
    }

    /// On to the next page; or, after a log-in in the middle of something, back to what was typed.
    async fn done(&self, sent: &Sent, done: Done) -> Response {
        if let Some(kept) = sent.kept() {
            let refused = Refused {
                error: AppError::SignIn,
                ..kept.refused
            };
            let flash = Flash {
                refused: Some(refused),
                ..Flash::default()
            };
            let page = own_path(Some(&kept.page), paths::HOME);
            return self.show(&page, flash, StatusCode::OK).await;
        }
        let way = own_path(done.go.as_deref(), &sent.back());
        let mut answer = (StatusCode::SEE_OTHER, [(LOCATION, at(&way))]).into_response();
        if let Some(sentence) = done.say
            && let Some(cookie) = said::leave(&self.pages.market, &way, &sentence)
        {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
        answer
    }

    /// The page the form stood on, with what was typed and what is wrong with it.
    async fn refused(&self, sent: &Sent, typed: Values, error: AppError) -> Response {
        if matches!(error, AppError::Forged) {
            return self.plainly(&error);
        }
        let status = StatusCode::from_u16(error.status()).unwrap_or_default();
        let page = sent.back();
        if sent.is_only_a_button() {
            if error == AppError::SignIn {
                let way = paths::log_in_then(&page);
                return (StatusCode::SEE_OTHER, [(LOCATION, at(&way))]).into_response();
            }
            let flash = Flash {
                say: Some(Said::failed(error.to_string())),
                ..Flash::default()
            };
            return self.show(&page, flash, status).await;
        }
        let is_sign_in = error == AppError::SignIn && !paths::is_log_in(&page);
        let refused = Refused {
            action: self.path.clone(),
            values: typed,
            error,
        };
        if is_sign_in {
            // The page itself may be one that only she may see: the log-in carries what was typed.
            let flash = Flash {
                kept: Some(Kept {
                    page: page.clone(),
                    refused,
                }),
                ..Flash::default()
            };
            return self.show(&paths::log_in_then(&page), flash, status).await;
        }
        let flash = Flash {
            refused: Some(refused),
            // Who tries another password is still in the middle of what she did before.
            kept: sent.kept(),
            ..Flash::default()
        };
        self.show(&page, flash, status).await
    }

    /// A page in the answer to a form.
    async fn show(&self, path: &str, flash: Flash, status: StatusCode) -> Response {
        let shown = Shown {
            flash,
            browser: self.browser.clone(),
        };
        let mut page = self
            .pages
            .show(path, &self.headers, self.session.clone(), shown)
            .await;
        // A page that can't be shown has a status of its own.
        if page.status() == StatusCode::OK {
            *page.status_mut() = status;
        }
        page.headers_mut().remove(CONTENT_LENGTH);
        page
    }
}

fn at(way: &str) -> HeaderValue {
    HeaderValue::from_str(way).unwrap_or(HeaderValue::from_static(paths::HOME))
}

/// What a browser is given with each page.
pub(super) struct PageToken {
    /// For the forms of the page.
    pub token: String,
    /// For the browser, when it has none.
    pub cookie: Option<HeaderValue>,
}

/// The token of a page that is made now.
pub(super) fn page_token(
    market: &Market,
    headers: &HeaderMap,
    shown: Option<&Shown>,
    account: Option<AccountId>,
) -> PageToken {
    match shown {
        // The answer around the page gives the cookie.
        Some(shown) => PageToken {
            token: shown.browser.token(account),
            cookie: None,
        },
        None => {
            let browser = Browser::of(market, headers);
            PageToken {
                token: browser.token(account),
                cookie: browser.set_cookie(market),
            }
        }
    }
}
