//! Files: the built scripts and styles, fonts, icons, and the pictures that makers uploaded.

mod memory;

use memory::Kept;
pub use memory::Memory;

use crate::site::Site;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LAST_MODIFIED};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use market::picture::Lies;
use std::path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
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

/// How long a picture that was read from a bucket is believed to be there.
const BELIEVED: Duration = Duration::from_secs(60);

/// `/pkg`, `/fonts` and `/pictures`, and icons.
pub fn routes(site: &Site) -> Router<Site> {
    let root = path::Path::new(&*site.leptos.site_root);
    let folder = |path: &path::Path| Router::new().fallback_service(directory(path));
    let pictures = Router::new().route("/{name}", get(picture));
    let hashed = if site.leptos.hash_files { FOREVER } else { ASK };
    let icons = ICONS.iter().fold(Router::new(), |icons, name| {
        icons.route_service(&format!("/{name}"), ServeFile::new(root.join(name)))
    });
    let built = kept(icons, A_WEEK)
        .nest(
            "/pkg",
            kept(folder(&root.join(&*site.leptos.site_pkg_dir)), hashed),
        )
        .nest("/fonts", kept(folder(&root.join("fonts")), FOREVER));
    // While one changes them, they are read anew.
    let built = if site.leptos.hash_files {
        built.layer(middleware::from_fn_with_state(site.clone(), from_memory))
    } else {
        built
    };
    built.nest("/pictures", kept(pictures, FOREVER))
}

/// A build's files stay as they are.
async fn from_memory(State(site): State<Site>, request: Request, next: Next) -> Response {
    site.files
        .answer(request, |_| true, |request| next.run(request))
        .await
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
        Lies::Here(file) => {
            // Whoever removes a picture removes its file, perhaps in another process.
            let is_current = |kept: &Kept| when_changed(&file) == Some(kept.changed);
            let disk = |request| {
                let disk = ServeFile::new(&file);
                // The service's error type has no values.
                async move { disk.oneshot(request).await.into_response() }
            };
            site.files.answer(request, is_current, disk).await
        }
        Lies::Elsewhere => {
            // What is in it never changes; that it was removed is found out after a while.
            let is_current = |kept: &Kept| kept.since.elapsed() < BELIEVED;
            let bucket = |_| from_bucket(&site, &name);
            site.files.answer(request, is_current, bucket).await
        }
        Lies::Nowhere => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The whole file, whatever part or condition was asked for: pictures are small.
async fn from_bucket(site: &Site, name: &str) -> Response {
    match market::picture::content(&site.market, name).await {
        Ok(Some(file)) => {
            let headers = [
                (CONTENT_TYPE, "image/jpeg".to_owned()),
                (CONTENT_LENGTH, file.content.len().to_string()),
                (LAST_MODIFIED, httpdate::fmt_http_date(file.changed)),
            ];
            (headers, file.content).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(name, %error, "a picture could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// In whole seconds, as answers say it.
fn when_changed(file: &path::Path) -> Option<SystemTime> {
    let changed = file.metadata().ok()?.modified().ok()?;
    let seconds = changed.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(UNIX_EPOCH + Duration::from_secs(seconds))
}
