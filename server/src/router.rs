//! Which part of the server answers which address, and what every request passes through on its way there.

use crate::middleware::body_limit::{self, Limit};
use crate::middleware::{
    origin, panic, plain_text, private_cache, rate_limit, request_id, security_headers, time_limit,
    trace,
};
use crate::site::Site;
use crate::{files, health, pages, session, upload, webhook};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

/// The whole server as one service.
pub fn build(site: Site) -> Router {
    // A layer goes around what is there already, so the last one is the first that a request meets.
    Router::new()
        .merge(for_a_visitor(&site, body_limit::FORM, pages::routes(&site)))
        .merge(for_a_visitor(&site, upload::limit(&site), upload::routes()))
        .merge(files::routes(&site))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback_service(files::root(&site, lost(&site)))
        .layer(from_fn_with_state(site.clone(), origin::check))
        .merge(webhook::routes())
        .layer(from_fn(plain_text::address))
        .layer(from_fn(time_limit::enforce))
        .layer(from_fn(panic::catch))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), security_headers::add))
        .layer(from_fn(trace::log))
        .layer(from_fn(request_id::assign))
        .with_state(site)
}

/// The page for addresses that lead nowhere.
fn lost(site: &Site) -> Router {
    let page = Router::new().fallback(pages::not_found);
    for_a_visitor(site, body_limit::FORM, page).with_state(site.clone())
}

/// Puts around `routes` what depends on who is asking: limits first, then clean forms, then the session.
fn for_a_visitor(site: &Site, body: Limit, routes: Router<Site>) -> Router<Site> {
    app::server::around(routes, &site.market)
        .layer(from_fn(session::keep_alive))
        .layer(session::layer(site))
        .layer(from_fn_with_state(site.clone(), session::complete_removal))
        .layer(from_fn_with_state(site.clone(), rate_limit::enforce))
        .layer(from_fn(plain_text::form))
        .layer(from_fn_with_state(body, body_limit::enforce))
        .layer(from_fn(private_cache::mark))
}
