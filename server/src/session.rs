//! Who is logged in, from one request to the next: a random id in a cookie, everything else in the database.
//!
//! The database knows only a hash of the id, so a copy of it logs nobody in.

use crate::config::Config;
use crate::middleware::unavailable;
use crate::site::Site;
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::middleware::Next;
use axum::response::Response;
use market::Market;
use market::session::{self, StoredSession};
use model::{AccountId, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// When the visitor was last noticed, in milliseconds. Writing it anew is what prolongs a session.
const SEEN: &str = "seen";

/// When the session began, in milliseconds.
const STARTED: &str = "started";

/// A session is prolonged at most this often, so that reading pages writes next to nothing.
const PROLONG_EVERY: Duration = Duration::from_secs(60 * 60);

/// The cookie's name. On https its prefix makes browsers insist that it is Secure, for `/`, and ours alone.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.public_url.is_https() {
        "__Host-shelfshare"
    } else {
        "shelfshare"
    }
}

/// Makes a [`Session`] available to everything inside.
pub fn layer(site: &Site) -> SessionManagerLayer<MarketSessions> {
    let idle = time::Duration::try_from(site.config.session_idle).unwrap_or(time::Duration::WEEK);
    SessionManagerLayer::new(MarketSessions {
        market: site.market.clone(),
        absolute: site.config.session_absolute,
    })
    .with_name(cookie_name(&site.config))
    .with_http_only(true)
    .with_same_site(SameSite::Lax)
    .with_secure(site.config.public_url.is_https())
    .with_expiry(Expiry::OnInactivity(idle))
}

/// Prolongs the session of a visitor who has one and was not noticed for a while. While nothing can be saved that
/// waits: she shall see her page.
pub async fn keep_alive(
    State(site): State<Site>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    if session.id().is_some() && site.market.saves() {
        let now = now_millis();
        match session.get::<i64>(SEEN).await {
            Ok(seen) if session.id().is_some() => {
                let prolong_every = i64::try_from(PROLONG_EVERY.as_millis()).unwrap_or(i64::MAX);
                if seen.is_none_or(|seen| now - seen >= prolong_every)
                    && let Err(error) = session.insert(SEEN, now).await
                {
                    tracing::error!(%error, "a session could not be prolonged");
                }
            }
            Ok(_expired) => {}
            Err(error) => tracing::error!(%error, "a session could not be read"),
        }
    }
    next.run(request).await
}

/// Completes the removal of the cookie: browsers ignore whatever is said about a `__Host-` cookie without
/// `Secure`, its removal included, and the session layer removes without.
pub async fn complete_removal(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if site.config.public_url.is_https() {
        let cookies = response.headers_mut();
        let completed: Vec<_> = cookies
            .get_all(SET_COOKIE)
            .iter()
            .map(with_secure)
            .collect();
        cookies.remove(SET_COOKIE);
        for cookie in completed {
            cookies.append(SET_COOKIE, cookie);
        }
    }
    response
}

fn with_secure(cookie: &HeaderValue) -> HeaderValue {
    let Ok(text) = cookie.to_str() else {
        return cookie.clone();
    };
    if text.contains("; Secure") {
        return cookie.clone();
    }
    HeaderValue::from_str(&format!("{text}; Secure")).unwrap_or_else(|_| cookie.clone())
}

/// The market's `sessions` table as the session layer's store.
#[derive(Clone)]
pub struct MarketSessions {
    market: Market,
    absolute: Duration,
}

impl fmt::Debug for MarketSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MarketSessions")
    }
}

#[async_trait]
impl SessionStore for MarketSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // A log-in changes the id and comes through here too: its sixty days begin now. Its visitor was just noticed,
        // so her next request has nothing to write.
        let now = now_millis();
        record.data.insert(STARTED.to_owned(), now.into());
        record.data.insert(SEEN.to_owned(), now.into());
        // 128 random bits do not repeat; if they did, the database would refuse the second.
        session::create(&self.market, &hashed(&record.id), self.stored(record)?)
            .await
            .map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // One that was ended meanwhile stays ended: saving changes a row, it never makes one.
        session::save(&self.market, &hashed(&record.id), self.stored(record)?)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let stored = session::load(&self.market, &hashed(id))
            .await
            .map_err(backend)?;
        stored.map(|stored| record(*id, &stored)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        session::delete(&self.market, &hashed(id))
            .await
            .map_err(backend)
    }
}

impl MarketSessions {
    /// What is kept of a session: it ends after idling, but never later than its absolute end.
    fn stored(&self, record: &Record) -> Result<StoredSession> {
        let started = record
            .data
            .get(STARTED)
            .and_then(serde_json::Value::as_i64)
            .unwrap_or_default();
        let absolute = i64::try_from(self.absolute.as_millis()).unwrap_or(i64::MAX);
        let idle = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000)
            .unwrap_or(i64::MAX);
        Ok(StoredSession {
            account: record
                .data
                .get(app::server::SESSION_ACCOUNT)
                .and_then(serde_json::Value::as_i64)
                .map(AccountId),
            data: serde_json::to_string(&record.data)
                .map_err(|error| Error::Encode(error.to_string()))?,
            expires_at: Timestamp(idle.min(started.saturating_add(absolute))),
        })
    }
}

fn record(id: Id, stored: &StoredSession) -> Result<Record> {
    let expiry_date = OffsetDateTime::from_unix_timestamp(stored.expires_at.0 / 1000)
        .map_err(|error| Error::Decode(error.to_string()))?;
    let data =
        serde_json::from_str(&stored.data).map_err(|error| Error::Decode(error.to_string()))?;
    Ok(Record {
        id,
        data,
        expiry_date,
    })
}

/// What the database knows of an id: its SHA-256. The id has 128 random bits, so no salt is needed.
fn hashed(id: &Id) -> String {
    hex::encode(Sha256::digest(id.0.to_le_bytes()))
}

fn backend(error: market::Error) -> Error {
    if let market::Error::Unavailable(why) = &error {
        unavailable::note(why.sentence());
    }
    Error::Backend(error.to_string())
}

fn now_millis() -> i64 {
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_host_cookie_is_secure_and_others_stay_as_they_are() {
        for (sent, completed) in [
            (
                "__Host-shelfshare=; Path=/; Max-Age=0",
                "__Host-shelfshare=; Path=/; Max-Age=0; Secure",
            ),
            (
                "__Host-shelfshare=a; HttpOnly; Secure; Path=/",
                "__Host-shelfshare=a; HttpOnly; Secure; Path=/",
            ),
        ] {
            assert_eq!(with_secure(&HeaderValue::from_static(sent)), completed);
        }
    }

    #[test]
    fn the_database_never_sees_an_id() {
        let id = Id::default();
        assert_eq!(hashed(&id).len(), 64);
        assert!(!hashed(&id).contains(&id.to_string()));
        assert_ne!(hashed(&id), hashed(&Id::default()));
    }
}
