use crate::{Error, Result};
use std::fmt::Display;
use std::future::Future;
use tokio::sync::Semaphore;
use tracing::Instrument;

/// Runs work to its end in a task of its own, even when whoever waits for it goes away: a client who hangs up cuts
/// nothing in half. What it logs still bears the request's id.
pub(crate) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let done = tokio::spawn(work.in_current_span()).await;
    done.map_err(stopped)?
}

/// Runs work that keeps a processor busy, when its turn comes. The turn lasts until the work is done, even when nobody
/// waits for it any more: hanging up lets nobody have more turns than there are.
pub(crate) async fn in_turn<T: Send + 'static>(
    turns: &'static Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let turn = turns.acquire().await.map_err(stopped)?;
    let all = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(all).await.map_err(stopped)
}

fn stopped(error: impl Display) -> Error {
    Error::Stopped(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::in_turn;
    use std::sync::mpsc;
    use std::time::Duration;
    use tokio::sync::Semaphore;
    use tokio::time::timeout;

    static TURNS: Semaphore = Semaphore::const_new(1);

    #[tokio::test]
    async fn hanging_up_gives_nobody_a_turn_more() {
        let (end, ended) = mpsc::channel::<()>();
        let long = in_turn(&TURNS, move || ended.recv());
        timeout(Duration::from_millis(10), long).await.unwrap_err();
        assert_eq!(TURNS.available_permits(), 0, "the work goes on");

        end.send(()).unwrap();
        assert_eq!(in_turn(&TURNS, || "next").await.unwrap(), "next");
    }
}
