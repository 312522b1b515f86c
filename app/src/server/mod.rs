//! What server functions and pages need from the server: the market, who is asking, the session, the answer.

mod cookie;
pub mod device;
mod error;
pub mod forms;
pub mod guest;
mod page;
pub mod session;
mod shared;
mod source;
mod status;
mod viewer;
pub mod visitor;

pub use page::{TokenOfPage, accepts_page, facts, path_of_request, remember_theme, seed};
pub use session::SESSION_ACCOUNT;
pub use shared::Shared;
pub use source::VisitorsSource;
pub use status::set_status;
pub use viewer::{Asking, viewer};

use crate::error::{AppError, AppResult};
use crate::prelude::*;
use axum::Router;
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use market::Market;

/// Wraps the routes of pages, server functions and uploads with what they need before and after: the seed of every
/// page, and for everything that changes something the proof that a page of ours sent it, and an answer that its
/// sender can read. The session layer must lie outside of it.
pub fn around<S: Clone + Send + Sync + 'static>(
    routes: Router<S>,
    market: &Market,
    pages: &forms::Pages,
) -> Router<S> {
    routes
        .layer(Shared(from_fn_with_state(market.clone(), page::plant)))
        .layer(Shared(from_fn_with_state(pages.clone(), forms::answer)))
}

/// Puts the market in the context of one request; called for pages and server functions alike.
pub fn provide(market: &Market) {
    provide_context(market.clone());
}

/// The market, as it serves whoever is asking.
///
/// # Errors
/// [`AppError::Internal`] outside of a request.
pub fn market() -> AppResult<Market> {
    let market = use_context::<Market>().ok_or_else(outside)?;
    let market = match guest::seen() {
        Some(seen) => market.seen_by(seen),
        None => market,
    };
    Ok(match source::of_request() {
        Some(source) => market.asked_from(source),
        None => market,
    })
}

/// The request being answered.
fn request() -> AppResult<Parts> {
    use_context::<Parts>().ok_or_else(outside)
}

/// What the server put into the request being answered.
fn put_by_server<T: Clone + Send + Sync + 'static>() -> Option<T> {
    with_context::<Parts, _>(|request| request.extensions.get::<T>().cloned())?
}

fn outside() -> AppError {
    tracing::error!("something of a request was asked for outside of one");
    AppError::Internal {
        request_id: String::new(),
    }
}
