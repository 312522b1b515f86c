//! What whoever keeps pages for all guests has to know of a guest: whether her page is like everybody's, and what in it is
//! hers alone.

use super::forms::{page_token, sentence_waits};
use super::page::{accepts_anything, accepts_page, theme_in};
use super::{cookie, put_by_server, visitor};
use crate::wire::names::THEME_COOKIE;
use crate::wire::theme::Theme;
use axum::http::header::{ACCEPT, COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use market::Market;
use market::feed::Seen;

/// How a page shows to every guest who asks with these headers; `None` when she asks for no page, when something waits for
/// her, or when she has a session, which is kept in the cookie `session`.
#[must_use]
pub fn page_like_everybodys(
    market: &Market,
    headers: &HeaderMap,
    session: &'static str,
) -> Option<Theme> {
    if cookie::values(headers, session).next().is_some() {
        return None;
    }
    let is_like = match accepts_page(headers) {
        true => !sentence_waits(market, headers),
        // What waits is not for tools that take anything.
        false => accepts_anything(headers),
    };
    is_like.then(|| theme_in(headers))
}

/// A request for such a page, as nobody in particular makes it.
#[must_use]
pub fn as_nobody(theme: Theme) -> HeaderMap {
    let cookie = format!("{THEME_COOKIE}={}", theme.as_str());
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/html"));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.insert(COOKIE, cookie);
    }
    headers
}

/// What is one guest's own in a page.
pub struct Own {
    /// What its forms are sent with.
    pub token: String,
    /// What her browser is given.
    pub cookies: Vec<HeaderValue>,
}

/// Makes it. `welcomes` says whether from this page something can be put into a cart.
#[must_use]
pub fn own(market: &Market, headers: &HeaderMap, welcomes: bool) -> Own {
    let page = page_token(market, headers, None, None);
    let welcome = welcomes.then(|| visitor::welcome_to(market, headers));
    Own {
        token: page.token,
        cookies: page.cookie.into_iter().chain(welcome.flatten()).collect(),
    }
}

/// Whether an answer is a page from which something can be put into a cart.
#[must_use]
pub fn welcomes(market: &Market, answer: &HeaderMap) -> bool {
    visitor::is_given(market, answer)
}

/// Where it is noted what the page shows that is being made.
pub(super) fn seen() -> Option<Seen> {
    put_by_server()
}

/// The page that is being made lacks something: it is not kept.
pub(crate) fn lacks_something() {
    if let Some(seen) = seen() {
        seen.fail();
    }
}
