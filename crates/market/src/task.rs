use crate::{Error, Result, WAITS};
use std::fmt::Display;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use tokio::sync::oneshot;
use tracing::Instrument;

/// Runs work to its end in a task of its own, even when whoever waits for it goes away: a client who hangs up cuts
/// nothing in half. What it logs still bears the request's id.
pub(crate) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let done = tokio::spawn(work.in_current_span()).await;
    done.map_err(stopped)?
}

/// Runs work that waits for the disk.
///
/// # Errors
/// [`Error::Stopped`] when the work panics.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(stopped)
}

type Job = Box<dyn FnOnce() + Send>;

/// A few threads for work that keeps a processor busy and takes much memory. They are always the same ones, so that what
/// one piece of work took is there for the next: memory that many threads took in turn stays with each of them.
///
/// Work that has begun is done to its end, also when nobody waits for it any more: hanging up lets nobody have more
/// turns than there are. What has not begun by then never does.
pub(crate) struct Workers {
    name: &'static str,
    threads: usize,
    waiting: usize,
    queue: OnceLock<mpsc::SyncSender<Job>>,
}

impl Workers {
    /// `waiting` pieces of work at most wait for one of `threads`.
    pub const fn new(name: &'static str, threads: usize, waiting: usize) -> Workers {
        Workers {
            name,
            threads,
            waiting,
            queue: OnceLock::new(),
        }
    }

    /// Runs work when its turn comes.
    ///
    /// # Errors
    /// [`Error::Busy`] when too much waits already; [`Error::Stopped`] when the work panics.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let (say, said) = oneshot::channel();
        let job = Box::new(move || {
            if !say.is_closed() {
                // Whoever waited may be gone meanwhile.
                let _nobody_waits = say.send(work());
            }
        });
        let queue = self.queue.get_or_init(|| self.start());
        match queue.try_send(job) {
            Ok(()) => {
                let waits = tracing::info_span!(target: WAITS, "worker");
                said.instrument(waits).await.map_err(stopped)
            }
            Err(mpsc::TrySendError::Full(_)) => Err(Error::Busy),
            Err(gone @ mpsc::TrySendError::Disconnected(_)) => Err(stopped(gone)),
        }
    }

    fn start(&self) -> mpsc::SyncSender<Job> {
        let (queue, jobs) = mpsc::sync_channel::<Job>(self.waiting);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..self.threads {
            let jobs = Arc::clone(&jobs);
            let started = std::thread::Builder::new()
                .name(self.name.to_owned())
                .spawn(move || work_off(&jobs));
            if let Err(error) = started {
                tracing::error!(%error, self.name, "a thread could not be started");
            }
        }
        queue
    }
}

fn work_off(jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // Whoever waits is told by its channel being gone.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("work on a thread of its own panicked");
        }
    }
}

fn stopped(error: impl Display) -> Error {
    Error::Stopped(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::Workers;
    use crate::Error;
    use std::sync::mpsc;
    use std::time::Duration;
    use tokio::time::timeout;

    const SHORTLY: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn hanging_up_gives_nobody_a_turn_more() {
        static WORKERS: Workers = Workers::new("test", 1, 4);
        let (end, ended) = mpsc::channel::<()>();
        let long = WORKERS.run(move || ended.recv());
        timeout(SHORTLY, long).await.unwrap_err();

        let mut next = Box::pin(WORKERS.run(|| "next"));
        let early = timeout(SHORTLY, &mut next).await;
        assert!(early.is_err(), "the work goes on");
        end.send(()).unwrap();
        assert_eq!(next.await.unwrap(), "next");
    }

    #[tokio::test]
    async fn more_than_can_wait_are_told_at_once() {
        static WORKERS: Workers = Workers::new("test", 1, 1);
        let (end, ended) = mpsc::channel::<()>();
        let long = tokio::spawn(WORKERS.run(move || ended.recv()));
        let mut waits = None;
        // The first is at work only after a moment.
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(1)).await;
            match timeout(SHORTLY, WORKERS.run(|| ())).await {
                Ok(Err(Error::Busy)) => waits = Some("told"),
                _ => continue,
            }
            break;
        }
        assert_eq!(waits, Some("told"));
        end.send(()).unwrap();
        long.await.unwrap().unwrap().unwrap();
    }

    #[tokio::test]
    async fn work_that_panics_takes_no_thread_with_it() {
        static WORKERS: Workers = Workers::new("test", 1, 4);
        for _ in 0..3 {
            let broken = WORKERS.run(|| panic!("a broken picture")).await;
            assert!(matches!(broken, Err::<(), _>(Error::Stopped(_))));
        }
        assert_eq!(WORKERS.run(|| "next").await.unwrap(), "next");
    }
}
