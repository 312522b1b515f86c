use crate::site::Site;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

/// Whoever watches asks again soon.
const PATIENCE: Duration = Duration::from_secs(5);

const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answers whoever watches, until `stop` says so.
pub async fn serve(site: Site, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let router = Router::new().route("/metrics", get(tell)).with_state(site);
    let stopped = async move {
        // An error means that the sender is gone, which is a reason to stop as well.
        let _stop = stop.wait_for(|stop| *stop).await;
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(stopped);
    if let Err(error) = served.await {
        tracing::error!(%error, "nobody can watch any more");
    }
}

async fn tell(State(site): State<Site>) -> Response {
    let Ok(figures) = timeout(PATIENCE, site.market.figures()).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match site.metrics.text(&figures) {
        Ok(text) => ([(CONTENT_TYPE, FORMAT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
