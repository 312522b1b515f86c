use super::Topic;
use crate::Market;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What is read for one page, as topics, while it is made.
#[derive(Clone, Debug, Default)]
pub struct Seen(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    topics: BTreeSet<Topic>,
    failed: bool,
}

impl Seen {
    pub(super) fn note(&self, topics: impl IntoIterator<Item = Topic>) {
        self.noted().topics.extend(topics);
    }

    /// Something could not be read: what is made of the rest is for once.
    pub fn fail(&self) {
        self.noted().failed = true;
    }

    /// All that the page shows, as far as it can be named: nothing when it can't be kept.
    #[must_use]
    pub fn topics(&self) -> BTreeSet<Topic> {
        let noted = self.noted();
        match noted.failed {
            true => BTreeSet::new(),
            false => noted.topics.clone(),
        }
    }

    fn noted(&self) -> std::sync::MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Market {
    /// The same market, for a page that may be kept: what is read is noted in `seen`.
    #[must_use]
    pub fn seen_by(self, seen: Seen) -> Market {
        Market {
            seen: Some(seen),
            ..self
        }
    }

    /// What is shown would be otherwise in a moment, without a change: it is for once.
    pub(crate) fn shows_for_once(&self) {
        if let Some(seen) = &self.seen {
            seen.fail();
        }
    }

    /// Notes what is shown.
    pub(crate) fn shows(&self, topics: impl IntoIterator<Item = Topic>) {
        if let Some(seen) = &self.seen {
            seen.note(topics);
        }
    }
}
