//! What changed of what everybody is shown, told to whoever keeps something of it: pages that are kept.
//!
//! Triggers write a row for each change into `changes`, in the transaction that makes it. One task of each process,
//! [`follow`], reads them. Whoever must not answer with what is not so any more asks [`Feed::catch_up`] first, which
//! returns when all that was committed before is known here; many who ask at once share one read.
//!
//! What is kept is kept with a [`Stamp`] that was taken before it was read: it holds for as long as none of its topics
//! changes and nothing was missed. This feed tells *things* what changed; it is not for telling people.

mod apply;
mod counted;
mod follow;
mod known;
mod read;
mod seen;
mod topic;

pub use follow::{follow, prune};
pub use known::{Moment, Stamp};
pub(crate) use read::PUT_BACK;
pub use seen::Seen;
pub use topic::Topic;

use crate::db::{Commits, Count};
use crate::{WAITS, figures};
use counted::Counted;
use known::Known;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument;

/// Whoever asked is told so when it is read.
type Asked = oneshot::Sender<()>;

/// What changed, as far as this process knows. Cheap to clone.
#[derive(Clone)]
pub struct Feed {
    ask: mpsc::UnboundedSender<Asked>,
    /// Until somebody follows.
    asked: Arc<Mutex<Option<mpsc::UnboundedReceiver<Asked>>>>,
    known: Arc<Mutex<Known>>,
    counted: Arc<Counted>,
    commits: Option<Arc<Commits>>,
}

/// What changed is not known at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind;

impl Feed {
    /// Asks `commits` first, where there is one: mostly nothing was committed.
    pub(crate) fn of(commits: Option<Arc<Commits>>) -> Feed {
        let (ask, asked) = mpsc::unbounded_channel();
        Feed {
            ask,
            asked: Arc::new(Mutex::new(Some(asked))),
            known: Arc::default(),
            counted: Arc::default(),
            commits,
        }
    }

    /// Returns when everything is known that was committed before it was called.
    ///
    /// # Errors
    /// [`Behind`] when the database does not answer, or nobody follows in this process.
    pub async fn catch_up(&self) -> Result<(), Behind> {
        let reached = {
            let known = self.known();
            if !known.is_followed() {
                return Err(Behind);
            }
            known.reached()
        };
        self.counted.asked();
        if reached.is_some() && self.commits() == reached {
            return Ok(());
        }
        let (told, known) = oneshot::channel();
        self.ask.send(told).map_err(|_| Behind)?;
        let waits = tracing::info_span!(target: WAITS, "changes");
        known.instrument(waits).await.map_err(|_| Behind)
    }

    /// Taken before something is read that `topics` say all about: as long as it holds, so does what was read. `None`
    /// while nobody follows.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.known().moment()
    }

    /// Whether nothing of what it stands for has changed, as far as is known.
    #[must_use]
    pub fn holds(&self, stamp: &Stamp) -> bool {
        self.known().holds(stamp)
    }

    /// How many were committed by now, where that is counted.
    fn commits(&self) -> Option<Count> {
        self.commits.as_ref()?.count()
    }

    /// For whoever watches over the process.
    pub(crate) fn figures(&self) -> figures::Feed {
        self.counted.figures(self.known().is_followed())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
