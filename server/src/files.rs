//! Files: the built scripts and styles, fonts, icons, and the pictures that makers uploaded.

use crate::site::Site;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// For a file whose name changes with its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For icons: who has seen one need not ask for a week.
const A_WEEK: HeaderValue = HeaderValue::from_static("public, max-age=604800");

/// What browsers and home screens ask for at the root.
const ICONS: [&str; 6] = [
    "apple-touch-icon.png",
    "favicon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "site.webmanifest",
];

/// For a file whose name stays: keep it, but ask whether it is still the same.
const ASK: HeaderValue = HeaderValue::from_static("public, no-cache");

/// `/pkg`, `/fonts` and `/pictures`, and icons.
pub fn routes(site: &Site) -> Router<Site> {
    let root = path::Path::new(&*site.leptos.site_root);
    let folder = |path: &path::Path| Router::new().fallback_service(directory(path));
    let pictures = Router::new().route("/{name}", get(picture));
    let hashed = if site.leptos.hash_files { FOREVER } else { ASK };
    let icons = ICONS.iter().fold(Router::new(), |icons, name| {
        icons.route_service(&format!("/{name}"), ServeFile::new(root.join(name)))
    });
    kept(icons, A_WEEK)
        .nest(
            "/pkg",
            kept(folder(&root.join(&*site.leptos.site_pkg_dir)), hashed),
        )
        .nest("/fonts", kept(folder(&root.join("fonts")), FOREVER))
        .nest("/pictures", kept(pictures, FOREVER))
}

/// What is left: icons and the like at the root and, for every other address, `otherwise`.
pub fn root(site: &Site, otherwise: Router) -> Router {
    let files = directory(path::Path::new(&*site.leptos.site_root))
        .call_fallback_on_method_not_allowed(true)
        .fallback(otherwise.clone());
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let otherwise = otherwise.clone();
            async move {
                if names_no_file(request.uri().path()) {
                    otherwise.oneshot(request).await.into_response()
                } else {
                    next.run(request).await
                }
            }
        }))
}

/// No file has so long a name, and asking the system for one is an error of its own.
fn names_no_file(path: &str) -> bool {
    path.split('/').any(|name| name.len() > 255)
}

fn directory(path: &path::Path) -> ServeDir {
    ServeDir::new(path)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// The directory's files, kept by browsers as `keep` says. What is missing is not kept.
fn kept(directory: Router<Site>, keep: HeaderValue) -> Router<Site> {
    directory.layer(middleware::map_response_with_state(keep, mark))
}

async fn mark(State(keep): State<HeaderValue>, mut response: Response) -> Response {
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CACHE_CONTROL, keep);
    }
    response
}

/// A picture, if that is a name the picture store gives; whatever else lies in its folder is not shown.
async fn picture(State(site): State<Site>, Path(name): Path<String>, request: Request) -> Response {
    match market::picture::file(&site.market, &name) {
        // The service's error type has no values.
        Some(file) => ServeFile::new(file).oneshot(request).await.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
