//! The pages and server functions of [`app`], with what they need around them.

use crate::middleware::security_headers::page_policy;
use crate::site::Site;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse, Response};
use leptos::context::use_context;
use leptos::nonce::use_nonce;
use leptos::prelude::IntoAny;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};

/// Every page's route and every server function's.
pub fn routes(site: &Site) -> Router<Site> {
    let options = site.leptos.clone();
    Router::new().leptos_routes_with_context(
        site,
        generate_route_list(app::App),
        context(site),
        move || app::shell(options.clone()),
    )
}

/// The page for an address that leads nowhere.
pub async fn not_found(State(site): State<Site>, request: Request) -> Response {
    let options = site.leptos.clone();
    let render = leptos_axum::render_app_async_with_context(context(&site), move || {
        app::shell(options.clone()).into_any()
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
