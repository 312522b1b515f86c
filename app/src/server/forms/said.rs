//! A sentence on its way from an answer to the page it leads to. The browser carries it in a cookie for one page:
//! it is short, it is ours, and nobody else has to remember it.

use crate::server::cookie::Cookie;
use crate::wire::flash::Said;
use axum::http::{HeaderMap, HeaderValue};
use market::Market;

/// On https nobody but this very host can leave a sentence here.
const SAID: Cookie = Cookie {
    on_http: "shelfshare-said",
    on_https: "__Host-shelfshare-said",
};

/// Browsers keep about 4,096 bytes of a cookie. Our sentences are a tenth of that.
const LONGEST: usize = 3_500;

/// Long enough for the slowest redirect.
const KEPT_FOR_SECONDS: u32 = 60;

/// The line that leaves a sentence for the page at `way`; `None` for one that no cookie can hold.
pub(super) fn leave(market: &Market, way: &str, sentence: &str) -> Option<HeaderValue> {
    let value = form_urlencoded::Serializer::new(String::new())
        .append_pair("page", page_of(way))
        .append_pair("say", sentence)
        .finish();
    if value.len() > LONGEST {
        tracing::error!(
            bytes = value.len(),
            "a sentence is too long to be said on the next page"
        );
        return None;
    }
    SAID.line(market, &value, Some(KEPT_FOR_SECONDS))
}

/// What was left for the page at `path`, and the line that takes it away.
pub(in crate::server) fn take(
    market: &Market,
    headers: &HeaderMap,
    path: &str,
) -> Option<(Said, HeaderValue)> {
    let value = SAID.values(market, headers).next()?;
    let part = |wanted: &str| {
        form_urlencoded::parse(value.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, text)| text.into_owned())
    };
    let (page, sentence) = (part("page")?, part("say")?);
    (page == path).then_some(())?;
    Some((Said::done(sentence), SAID.line(market, "", Some(0))?))
}

/// Whether something was left for some page.
pub(in crate::server) fn waits(market: &Market, headers: &HeaderMap) -> bool {
    SAID.values(market, headers).next().is_some()
}

fn page_of(way: &str) -> &str {
    way.split(['?', '#']).next().unwrap_or_default()
}
