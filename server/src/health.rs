//! For whatever watches over the process. Both answers are one word and tell nothing else.

use crate::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

const PATIENCE: Duration = Duration::from_secs(2);

/// How long an answer holds. Each one costs a row written to the disk, and anybody may ask.
const HOLDS: Duration = Duration::from_secs(1);

/// The last answer. Who asks while another one is looked for waits for that one.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(Instant, bool)>>);

/// The process answers: don't restart it.
pub async fn live() -> &'static str {
    "live\n"
}

/// The database can be read and written too: send requests here.
pub async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    let mut last = site.readiness.0.lock().await;
    let known = last.filter(|(asked, _)| asked.elapsed() < HOLDS);
    let is_ready = match known {
        Some((_, is_ready)) => is_ready,
        None => {
            let is_ready = has_a_pulse(&site).await;
            *last = Some((Instant::now(), is_ready));
            is_ready
        }
    };
    if is_ready {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

async fn has_a_pulse(site: &Site) -> bool {
    match tokio::time::timeout(PATIENCE, site.market.pulse()).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready");
            false
        }
        Err(_elapsed) => {
            tracing::error!("not ready: the database takes too long to answer");
            false
        }
    }
}
