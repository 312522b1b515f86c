//! The pages and server functions of [`app`], with what they need around them.

use crate::middleware::security_headers::page_policy;
use crate::refusal::Refusal;
use crate::site::Site;
use app::done::own_path;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::context::use_context;
use leptos::nonce::use_nonce;
use leptos::prelude::IntoAny;
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};
use std::sync::LazyLock;

/// While the app is asked for its routes, no resource loads anywhere in this process: a page that is rendered at that
/// moment would wait for ever. So it is asked once, before the first page.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

/// The routes of the app's pages.
pub fn every_page() -> Vec<AxumRouteListing> {
    PAGES.clone()
}

/// Every page's route and every server function's.
pub fn routes(site: &Site) -> Router<Site> {
    let build = site.build.clone();
    Router::new().leptos_routes_with_context(site, every_page(), context(site), move || {
        app::whole_page(build.clone())
    })
}

/// A function of another build is asked for: by a page that was open before the market was updated.
pub async fn unknown_function(request: Request) -> Response {
    Refusal::to(&request).outdated()
}

/// The page for an address that leads nowhere.
pub async fn not_found(State(site): State<Site>, request: Request) -> Response {
    if let Some(page) = without_slash(request.method(), request.uri()) {
        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, page)]).into_response();
    }
    let build = site.build.clone();
    let render = leptos_axum::render_app_async_with_context(context(&site), move || {
        app::whole_page(build.clone()).into_any()
    });
    let mut response = render(request).await.into_response();
    // A redirect keeps its own status.
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// What pages and server functions find in their context, once per request.
fn context(site: &Site) -> impl Fn() + Clone + Send + Sync + 'static {
    let site = site.clone();
    move || {
        app::server::provide(&site.market);
        // Server functions render nothing and have no nonce; they keep the strict policy of all else.
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Some(policy) = page_policy(&nonce, &site.config.public_url)
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Where an address with a slash at its end leads, if that is a path of ours: `/market/?page=2` to
/// `/market?page=2`. Printed and pasted links end like that.
fn without_slash(method: &Method, uri: &Uri) -> Option<String> {
    let path = uri.path();
    let page = path.trim_end_matches('/');
    if page == path || ![Method::GET, Method::HEAD].contains(method) {
        return None;
    }
    let way = match uri.query() {
        Some(query) => format!("{page}?{query}"),
        None => page.to_owned(),
    };
    Some(own_path(Some(&way), "")).filter(|way| !way.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led_to(address: &'static str) -> Option<String> {
        without_slash(&Method::GET, &Uri::from_static(address))
    }

    #[test]
    fn a_slash_at_the_end_leads_to_the_page() {
        for (with, without) in [
            ("/market/", "/market"),
            ("/market//", "/market"),
            ("/s/kiln/a-mug/?a=1&b=/", "/s/kiln/a-mug?a=1&b=/"),
            ("/s/kiln%2Fclay/", "/s/kiln%2Fclay"),
        ] {
            assert_eq!(led_to(with).as_deref(), Some(without));
        }
    }

    #[test]
    fn a_slash_at_the_end_never_leads_away() {
        for address in [
            "/",
            "//",
            "/market",
            "//evil.example/",
            "///evil.example/",
            "/\\evil.example/",
        ] {
            assert_eq!(led_to(address), None, "{address}");
        }
        let post = without_slash(&Method::POST, &Uri::from_static("/market/"));
        assert_eq!(post, None);
    }
}
