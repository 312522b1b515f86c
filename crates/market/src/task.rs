use crate::{Error, Result};
use std::future::Future;
use tracing::Instrument;

/// Runs work to its end in a task of its own, even when whoever waits for it goes away: a client who hangs up cuts
/// nothing in half. What it logs still bears the request's id.
pub(crate) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let done = tokio::spawn(work.in_current_span()).await;
    done.map_err(|stopped| Error::Stopped(stopped.to_string()))?
}
