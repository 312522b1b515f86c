//! What every page starts with is read before it is rendered and planted in the request.

use super::forms::SESSION_FLASH;
use super::session::{SESSION_ACCOUNT, SESSION_CART};
use super::{market, request};
use crate::error::AppResult;
use crate::flash::Flash;
use crate::ui::page_state::PageSeed;
use crate::ui::theme::{THEME_COOKIE, Theme};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use market::{Error, Market, Refusal};
use model::{AccountId, CartId, Shell, Viewer};
use tower_sessions::Session;

/// Runs before a page is rendered.
pub(super) async fn plant(
    State(market): State<Market>,
    mut request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let by_browser = accepts(headers, "text/html");
    if request.method() == Method::GET && (by_browser || accepts(headers, "*/*")) {
        let theme = theme_in(headers);
        let session = request.extensions().get::<Session>().cloned();
        let flash = match session.as_ref().filter(|_| by_browser) {
            Some(session) => take_flash(session, request.uri().path()).await,
            None => Flash::default(),
        };
        let shell = shell_or_bare(&market, session.as_ref()).await;
        let kept = flash.clone();
        request.extensions_mut().insert(PageSeed {
            shell,
            theme,
            flash,
        });
        let response = next.run(request).await;
        if response.status() == StatusCode::UNAUTHORIZED && kept.refused.is_some() {
            keep_until_signed_in(session, kept).await;
        }
        return response;
    }
    next.run(request).await
}

/// A session that ended while somebody was typing: the page shows only the way to the log-in, and what was
/// typed waits for her to come back from there.
async fn keep_until_signed_in(session: Option<Session>, flash: Flash) {
    if let Some(session) = session
        && let Err(error) = session.insert(SESSION_FLASH, flash).await
    {
        tracing::error!(%error, "what was typed could not be kept");
    }
}

/// What was left for this page. Looked at before it is taken: taking writes the session, and most pages find
/// nothing.
async fn take_flash(session: &Session, page: &str) -> Flash {
    match session.get::<Flash>(SESSION_FLASH).await {
        Ok(Some(flash)) if flash.page == page => {
            // What can't be removed is shown once more, which does no harm.
            let _ = session.remove_value(SESSION_FLASH).await;
            flash
        }
        _ => Flash::default(),
    }
}

/// Browsers ask for pages by name. Tools that take anything get a page too, but not what was left for the
/// browser's next one.
fn accepts(headers: &HeaderMap, what: &str) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains(what))
}

/// A page whose header knows nobody is better than none; the page itself will say what is wrong.
async fn shell_or_bare(market: &Market, session: Option<&Session>) -> Shell {
    read_shell(market, session).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the header's facts could not be read");
        Shell {
            market: market.info(),
            viewer: None,
            cart_units: 0,
        }
    })
}

async fn read_shell(market: &Market, session: Option<&Session>) -> AppResult<Shell> {
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
    Ok(Shell {
        market: market.info(),
        viewer,
        cart_units,
    })
}

/// The signed-in person as screens show her; nobody when the account is gone or suspended.
async fn seen(market: &Market, account: AccountId) -> Result<Option<Viewer>, Error> {
    match market::account::viewer(market, account).await {
        Ok(viewer) => Ok(Some(viewer)),
        Err(Error::NotFound(_) | Error::Refused(Refusal::Suspended)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The header's facts, for the browser that asks for them again.
///
/// # Errors
/// [`crate::error::AppError::Internal`] when the session or the market does not answer.
pub async fn shell() -> AppResult<Shell> {
    let session = super::session::session()?;
    read_shell(&market()?, Some(&session)).await
}

/// What was planted for the page being rendered; what a page without a request gets otherwise.
#[must_use]
pub fn seed() -> PageSeed {
    request()
        .ok()
        .and_then(|request| request.extensions.get::<PageSeed>().cloned())
        .unwrap_or_default()
}

fn theme_in(headers: &HeaderMap) -> Theme {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == THEME_COOKIE)
        .map_or(Theme::System, |(_, word)| Theme::parse(word))
}

/// Keeps the chosen theme in a cookie for a year.
pub fn remember_theme(theme: Theme) {
    let cookie = format!(
        "{THEME_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        theme.as_str()
    );
    if let (Some(response), Ok(cookie)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(&cookie),
    ) {
        response.append_header(SET_COOKIE, cookie);
    }
}
