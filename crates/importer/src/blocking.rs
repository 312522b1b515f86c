//! Work that is too long for the threads that serve requests.

use tokio::sync::Semaphore;

/// Pages that are understood at the same time. One can take a second and tens of mebibytes.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Does `work` on a thread of its own. `None` if it panicked, which is in the log.
pub(crate) async fn off_the_executor<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let turn = AT_ONCE.acquire().await.ok()?;
    let work = tokio::task::spawn_blocking(move || {
        let done = work();
        // Not before, even if nobody waits for it any more.
        drop(turn);
        done
    });
    work.await
        .inspect_err(|error| tracing::error!(%error, "a page could not be understood"))
        .ok()
}
