//! What every page starts with is read before it is rendered and planted in the request.

use super::cookie;
use super::forms::{self, Shown};
use super::session::{SESSION_ACCOUNT, SESSION_CART};
use super::{market, put_by_server, request};
use crate::error::AppResult;
use crate::wire::flash::Flash;
use crate::wire::names::THEME_COOKIE;
use crate::wire::seed::{PageFacts, PageSeed};
use crate::wire::theme::Theme;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use market::{Error, Market, Refusal};
use model::{AccountId, CartId, Shell, Viewer};
use tower_sessions::Session;

/// Runs before a page is rendered.
pub(super) async fn plant(
    State(market): State<Market>,
    mut request: Request,
    next: Next,
) -> Response {
    let by_browser = accepts_page(request.headers());
    if request.method() != Method::GET || !(by_browser || accepts_anything(request.headers())) {
        return next.run(request).await;
    }
    let shown = request.extensions_mut().remove::<Shown>();
    let (headers, address) = (request.headers(), request.uri());
    let session = request.extensions().get::<Session>().cloned();
    let said = match &shown {
        None if by_browser => forms::take_sentence(&market, headers, address.path()),
        _ => None,
    };
    let (said, taken) = said.unzip();
    let (shell, account) = shell_or_bare(&market, session.as_ref()).await;
    let page = forms::page_token(&market, headers, shown.as_ref(), account);
    let seed = PageSeed {
        shell,
        theme: theme_in(headers),
        token: page.token,
        stands_at: shown
            .as_ref()
            .and_then(|_| Some(address.path_and_query()?.to_string())),
        flash: match shown {
            Some(shown) => shown.flash,
            None => Flash {
                say: said,
                ..Flash::default()
            },
        },
    };
    let token = TokenOfPage(seed.token.clone());
    request.extensions_mut().insert(seed);
    let mut response = next.run(request).await;
    response.extensions_mut().insert(token);
    for cookie in [taken, page.cookie].into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What the forms of a page are sent with, for whoever keeps the page. It travels as an extension of the response.
#[derive(Clone, Debug)]
pub struct TokenOfPage(pub String);

/// Whether a person's browser asks, to show what is answered: browsers ask for pages by name. Tools that take anything
/// get a page too, but not what was left for the browser's next one.
#[must_use]
pub fn accepts_page(headers: &HeaderMap) -> bool {
    accepts(headers, "text/html")
}

/// Tools ask so, or do not say what they take.
pub(super) fn accepts_anything(headers: &HeaderMap) -> bool {
    !headers.contains_key(ACCEPT) || accepts(headers, "*/*")
}

fn accepts(headers: &HeaderMap, what: &str) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains(what))
}

/// A page whose header knows nobody is better than none; the page itself will say what is wrong.
async fn shell_or_bare(market: &Market, session: Option<&Session>) -> (Shell, Option<AccountId>) {
    read_shell(market, session).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the header's facts could not be read");
        let bare = Shell {
            market: market.info(),
            viewer: None,
            cart_units: 0,
        };
        (bare, None)
    })
}

/// The header's facts, and whose session it is.
async fn read_shell(
    market: &Market,
    session: Option<&Session>,
) -> AppResult<(Shell, Option<AccountId>)> {
    let (account, cart) = match session {
        Some(session) => (
            session.get::<AccountId>(SESSION_ACCOUNT).await?,
            session.get::<CartId>(SESSION_CART).await?,
        ),
        None => (None, None),
    };
    let viewer = match account {
        Some(account) => seen(market, account).await?,
        None => None,
    };
    let cart = match (cart, &viewer) {
        (None, Some(viewer)) => market::cart::mine(market, viewer.account).await?,
        (cart, _) => cart,
    };
    let cart_units = match cart {
        Some(cart) => market::cart::units(market, cart).await?,
        None => 0,
    };
    let shell = Shell {
        market: market.info(),
        viewer,
        cart_units,
    };
    Ok((shell, account))
}

/// The signed-in person as screens show her; nobody when the account is gone or suspended.
async fn seen(market: &Market, account: AccountId) -> Result<Option<Viewer>, Error> {
    match market::account::viewer(market, account).await {
        Ok(viewer) => Ok(Some(viewer)),
        Err(Error::NotFound(_) | Error::Refused(Refusal::Suspended)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The header's facts and a token, for the browser that asks for them again.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session or the market does not answer.
pub async fn facts() -> AppResult<PageFacts> {
    let (market, request) = (market()?, request()?);
    let session = super::session::session()?;
    let (shell, account) = read_shell(&market, Some(&session)).await?;
    let page = forms::page_token(&market, &request.headers, None, account);
    cookie::give(page.cookie);
    Ok(PageFacts {
        shell,
        token: page.token,
    })
}

/// What was planted for the page being rendered; what a page without a request gets otherwise.
#[must_use]
pub fn seed() -> PageSeed {
    put_by_server().unwrap_or_default()
}

/// Where the request went to.
#[must_use]
pub fn path_of_request() -> String {
    request().map_or_else(|_| String::new(), |request| request.uri.path().to_owned())
}

pub(super) fn theme_in(headers: &HeaderMap) -> Theme {
    cookie::values(headers, THEME_COOKIE)
        .next()
        .map_or(Theme::System, Theme::parse)
}

/// Keeps the chosen theme in a cookie for a year.
pub fn remember_theme(theme: Theme) {
    let cookie = format!(
        "{THEME_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        theme.as_str()
    );
    cookie::give(HeaderValue::from_str(&cookie).ok());
}
