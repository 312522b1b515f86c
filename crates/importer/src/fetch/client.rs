//! The HTTP client: its own trust, no proxy, no redirects, no cookies, no memory.

use super::error::FetchError;
use super::resolver::Guarded;
use super::settings::Settings;
use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use rustls::crypto::ring;
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use std::time::Duration;

/// How long a connection to one of a host's addresses may take.
const CONNECT: Duration = Duration::from_secs(5);

pub(super) fn client(
    settings: &Settings,
    resolver: Guarded,
) -> Result<reqwest::Client, FetchError> {
    let mut headers = HeaderMap::new();
    if let Ok(languages) = HeaderValue::from_str(&settings.languages) {
        headers.insert(ACCEPT_LANGUAGE, languages);
    }
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .dns_resolver(resolver)
        // A proxy would look up names itself, past the guard.
        .no_proxy()
        // Followed by hand, so that each step is checked.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .user_agent(settings.user_agent())
        .default_headers(headers)
        .connect_timeout(CONNECT.min(settings.limits.time))
        .pool_max_idle_per_host(4)
        .pool_idle_timeout(Duration::from_secs(15))
        .build()
        .map_err(unavailable)
}

/// Trusts whom the operating system trusts.
fn tls() -> Result<rustls::ClientConfig, FetchError> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider)).map_err(unavailable)?;
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unavailable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

fn unavailable<E: std::fmt::Display>(error: E) -> FetchError {
    tracing::error!(%error, "the importer can't make requests");
    FetchError::Unavailable
}
