//! The texts of all products, where words are looked up in them: an index of this process's own in the data folder.
//!
//! One task of each process keeps it ([`keep`]). It goes through all products once after a start, or when changes may
//! have been missed, and puts in what is not there as it is now; then it does so for what the feed says changed. Nothing
//! is noted of how far it came, so nothing can be noted wrongly: the database is compared with what is there. Stock,
//! prices and offers are not in it ([`crate::facts`]), so a sale changes nothing here.

mod heard;
mod keep;
mod read;

pub use keep::keep;

use crate::figures;
use finder::Finder;
use heard::{Heard, Work};
use model::ProductId;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::timeout;

/// A search waits so long for texts that were changed just now.
const PATIENCE: Duration = Duration::from_millis(250);

/// Nobody waits while more than so many texts are to be looked at: that takes longer.
const SOON: usize = 200;

/// Where the texts are looked up. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Texts(Arc<State>);

struct State {
    /// `None` while not all texts are there.
    finder: RwLock<Option<Finder>>,
    heard: Mutex<Heard>,
    /// Wakes whoever keeps them.
    wake: Notify,
    /// Up to which change they are as they should be.
    done: watch::Sender<u64>,
    /// Something was wrong with what is there: it has to be made anew.
    failed: watch::Sender<bool>,
}

impl Default for Texts {
    fn default() -> Texts {
        Texts(Arc::new(State {
            finder: RwLock::default(),
            heard: Mutex::default(),
            wake: Notify::new(),
            done: watch::Sender::new(0),
            failed: watch::Sender::new(false),
        }))
    }
}

impl Texts {
    /// The texts of these may have changed.
    pub fn changed(&self, products: &BTreeSet<ProductId>) {
        if !products.is_empty() {
            self.heard().changed(products);
            self.0.wake.notify_one();
        }
    }

    /// Any text may have changed.
    pub fn missed(&self) {
        self.heard().missed();
        self.0.wake.notify_one();
    }

    /// Looks words up; `None` while not all texts are there.
    pub fn finder(&self) -> Option<Finder> {
        let finder = self.0.finder.read();
        finder.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits a little for what was changed just now. `false` when there are texts that have not been looked at: what is
    /// found is as of before.
    pub async fn caught_up(&self) -> bool {
        let (changes, waiting, is_looking_at_all) = {
            let heard = self.heard();
            (heard.changes(), heard.waiting(), heard.is_looking_at_all())
        };
        let mut done = self.0.done.subscribe();
        let is_done = match waiting {
            0..=SOON => timeout(PATIENCE, done.wait_for(|done| *done >= changes))
                .await
                .is_ok_and(|done| done.is_ok()),
            _ => false,
        };
        is_done && !is_looking_at_all
    }

    /// What is there can't be searched: words are looked up in the database until it has been made anew.
    pub fn fail(&self, why: &impl Display) {
        tracing::error!(%why, "words can't be looked up: the texts are put together anew");
        self.offer(None);
        self.0.failed.send_replace(true);
    }

    /// For whoever watches over the process.
    pub fn figures(&self) -> figures::Texts {
        let are_there = self.finder().is_some();
        let heard = self.heard();
        figures::Texts {
            are_there,
            waiting: heard.waiting(),
            are_compared: !heard.is_looking_at_all(),
        }
    }

    fn offer(&self, finder: Option<Finder>) {
        let mut offered = self
            .0
            .finder
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *offered = finder;
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
