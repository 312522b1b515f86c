//! Which part of the server answers which address, and what every request passes through on its way there.

use crate::middleware::body_limit::{self, Limit};
use crate::middleware::{
    build_id, client_address, origin, panic, plain_text, private_cache, rate_limit, request_id,
    script_answers, security_headers, time_limit, trace, unavailable,
};
use crate::site::Site;
use crate::{discovery, files, health, kept_pages, live, pages, refusal, session, upload, webhook};
use app::server::Shared;
use app::server::forms::Pages;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tower_http::compression::CompressionLayer;

/// The whole server as one service.
pub fn build(site: Site) -> Router {
    let routes = pages::routes(&site);
    let pages = Pages::new(
        &site.market,
        routes.clone().fallback(pages::not_found),
        site.clone(),
        refusal::plainly,
    );
    // A layer goes around what is there already, so the last one is the first that a request meets.
    Router::new()
        .merge(for_a_visitor(&site, &pages, body_limit::FORM, routes))
        .merge(for_a_visitor(
            &site,
            &pages,
            upload::limit(&site),
            upload::routes(),
        ))
        .route("/api/{*function}", any(pages::unknown_function))
        .merge(files::routes(&site))
        .merge(discovery::routes())
        .merge(live::routes(&site))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback_service(files::root(&site, lost(&site, &pages)))
        .layer(Shared(from_fn_with_state(site.clone(), origin::check)))
        .merge(webhook::routes())
        .layer(Shared(from_fn(plain_text::address)))
        .layer(Shared(from_fn(time_limit::enforce)))
        .layer(Shared(from_fn(panic::catch)))
        .layer(Shared(from_fn_with_state(site.clone(), build_id::add)))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            script_answers::repack,
        )))
        .layer(Shared(CompressionLayer::new()))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            security_headers::add,
        )))
        .layer(Shared(from_fn_with_state(site.clone(), trace::log)))
        .layer(Shared(from_fn(request_id::assign)))
        .with_state(site)
}

/// The page for addresses that lead nowhere.
fn lost(site: &Site, pages: &Pages) -> Router {
    let page = Router::new().fallback(pages::not_found);
    for_a_visitor(site, pages, body_limit::FORM, page).with_state(site.clone())
}

/// Puts around `routes` what depends on who is asking: limits first, then clean forms, then the session.
fn for_a_visitor(site: &Site, pages: &Pages, body: Limit, routes: Router<Site>) -> Router<Site> {
    let routes = routes.layer(Shared(from_fn_with_state(
        site.clone(),
        rate_limit::by_visitor,
    )));
    app::server::around(routes, &site.market, pages)
        .layer(Shared(from_fn(private_cache::seal)))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            session::keep_alive,
        )))
        .layer(Shared(session::layer(site)))
        .layer(Shared(from_fn_with_state(site.clone(), kept_pages::answer)))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            session::complete_removal,
        )))
        .layer(Shared(from_fn(unavailable::explain)))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            rate_limit::by_network,
        )))
        .layer(Shared(from_fn(plain_text::form)))
        .layer(Shared(from_fn_with_state(
            site.clone(),
            client_address::find,
        )))
        .layer(Shared(from_fn_with_state(body, body_limit::enforce)))
        .layer(Shared(from_fn(private_cache::mark)))
}
