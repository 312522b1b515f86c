//! A bound on everything that changes something, by its class (`classes.rs`) and whose it is: of one network, of one
//! account or guest, and of all who come for the first time together. A bound is a burst that refills one by one.

mod classes;
mod counters;

pub use counters::Counters;

use super::client_address;
use crate::refusal::Refusal;
use crate::site::Site;
use app::error::AppError;
use app::server::{SESSION_ACCOUNT, forms};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use counters::Visitor;
use model::AccountId;
use tower_sessions::Session;

/// Refuses what comes too often from one network, before anything is looked at.
pub async fn by_network(State(site): State<Site>, request: Request, next: Next) -> Response {
    let class = classes::class_of(&request).filter(|_| site.config.rate_limits);
    if let Some(class) = class {
        let network = client_address::of(&request);
        if let Err(seconds) = site.counters.by_network(class, network) {
            tracing::warn!(?class, %network, "too many requests from one network");
            return Refusal::to(&request).too_many(seconds);
        }
    }
    next.run(request).await
}

/// Refuses what comes too often from one account or guest, and too many guests who come for the first time. It stands
/// where the session is known.
pub async fn by_visitor(State(site): State<Site>, request: Request, next: Next) -> Response {
    let Some(class) = classes::class_of(&request).filter(|_| site.config.rate_limits) else {
        return next.run(request).await;
    };
    let session = request.extensions().get::<Session>().cloned();
    match visitor(session).await {
        Some(visitor) => {
            if let Err(seconds) = site.counters.by_visitor(class, visitor) {
                tracing::warn!(?class, "too many requests of one visitor");
                let refused = AppError::TooMany {
                    retry_after: seconds,
                };
                return match request.uri().path().starts_with("/api/") {
                    // What she typed is on the page that she gets.
                    true => forms::refusal(&refused),
                    false => Refusal::to(&request).too_many(seconds),
                };
            }
        }
        None if class.takes_newcomers_in() => {
            let network = client_address::of(&request);
            if let Err(seconds) = site.counters.newcomer(network) {
                tracing::warn!(%network, "too many visitors came for the first time");
                return Refusal::to(&request).too_many(seconds);
            }
        }
        None => {}
    }
    next.run(request).await
}

/// Who asks, if she has a session. One that can't be read is nobody's.
async fn visitor(session: Option<Session>) -> Option<Visitor> {
    let session = session?;
    let account = session.get::<AccountId>(SESSION_ACCOUNT).await.ok()?;
    match account {
        Some(account) => Some(Visitor::Account(account)),
        None => session.id().map(Visitor::Guest),
    }
}
