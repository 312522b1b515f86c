//! Telling open pages how the products on them stand, as soon as that changes.
//!
//! One task of each process ([`tell`]) reads what the feed says changed, once for all who watch it, and tells them how it
//! is now: never how it was changed, so that nothing is wrong for longer when something is lost on the way. Whoever
//! begins to watch, or missed something, asks for what she watches, and is told with all others: there is one order in
//! which things are told, and the last is how it is. Only what every guest may know is told.

mod tell;

pub use tell::tell;

use crate::Market;
use model::{ProductId, limits};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, error::RecvError};

/// Rounds that whoever is slow may be behind; then she asks anew.
const BEHIND: usize = 64;

/// Who is told, and of what. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Live(Arc<State>);

struct State {
    /// What somebody should be told of.
    asked: Mutex<BTreeSet<ProductId>>,
    wake: Notify,
    told: broadcast::Sender<Said>,
}

/// What all who watch are told.
#[derive(Clone, Debug)]
enum Said {
    /// How some products stand, each as a line.
    Products(Arc<[(ProductId, Arc<str>)]>),
    /// Something may have been missed.
    AskAgain,
    /// Nothing more will be told.
    Over,
}

impl Default for Live {
    fn default() -> Live {
        Live(Arc::new(State {
            asked: Mutex::default(),
            wake: Notify::new(),
            told: broadcast::Sender::new(BEHIND),
        }))
    }
}

impl Live {
    /// These may stand otherwise.
    pub fn changed(&self, products: &BTreeSet<ProductId>) {
        if !products.is_empty() && self.0.told.receiver_count() > 0 {
            self.asked().extend(products);
            self.0.wake.notify_one();
        }
    }

    /// All may stand otherwise.
    pub fn missed(&self) {
        self.say(Said::AskAgain);
    }

    /// Those who are told, for whoever watches over the process.
    pub fn watching(&self) -> usize {
        self.0.told.receiver_count()
    }

    fn say(&self, said: Said) {
        // Nobody may watch.
        let _nobody = self.0.told.send(said);
    }

    fn asked(&self) -> MutexGuard<'_, BTreeSet<ProductId>> {
        self.0.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who watches some products.
pub struct Watching {
    live: Live,
    products: BTreeSet<ProductId>,
    told: broadcast::Receiver<Said>,
}

impl Market {
    /// Watches products, at most [`limits::WATCHED`]: how they stand is told at once, and whenever it changes.
    #[must_use]
    pub fn watch(&self, products: impl IntoIterator<Item = ProductId>) -> Watching {
        let watching = Watching {
            told: self.live.0.told.subscribe(),
            products: products.into_iter().take(limits::WATCHED).collect(),
            live: self.live.clone(),
        };
        watching.ask();
        watching
    }
}

impl Watching {
    fn ask(&self) {
        self.live.changed(&self.products);
    }

    /// How some of the products stand now, each as the line of a [`model::ProductNow`]; `None` when nothing more will be
    /// told.
    pub async fn next(&mut self) -> Option<Vec<Arc<str>>> {
        loop {
            match self.told.recv().await {
                Ok(Said::Products(products)) => {
                    let watched = products
                        .iter()
                        .filter(|(product, _)| self.products.contains(product))
                        .map(|(_, line)| line.clone());
                    let lines: Vec<_> = watched.collect();
                    if !lines.is_empty() {
                        return Some(lines);
                    }
                }
                Ok(Said::AskAgain) | Err(RecvError::Lagged(_)) => self.ask(),
                Ok(Said::Over) | Err(RecvError::Closed) => return None,
            }
        }
    }
}
