//! Turns at what is slow: looking through everything takes a processor for a while, so only some visitors do at a
//! time, and nobody's place has all the turns.

use crate::{Error, Market, Result, Source, WAITS};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tracing::Instrument;

/// How many from one place may wait for a turn, or have one.
const FROM_ONE_PLACE: usize = 256;
/// Nobody waits longer than this.
const PATIENCE: Duration = Duration::from_secs(8);

/// Whose turn it is.
#[derive(Clone)]
pub(crate) struct Turns {
    all: Arc<Semaphore>,
    /// Turns that one place may have at a time.
    of_one_place: usize,
    places: Arc<Mutex<HashMap<Source, Place>>>,
}

/// Visitors from one place who have a turn or wait for one.
struct Place {
    turns: Arc<Semaphore>,
    here: usize,
}

impl Default for Turns {
    /// As many as there are processors, and half of them for one place.
    fn default() -> Turns {
        Turns::of(std::thread::available_parallelism().map_or(2, usize::from))
    }
}

/// A turn lasts until this is dropped.
#[must_use]
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _of_place: Option<(OwnedSemaphorePermit, Here)>,
}

/// Somebody's presence among those from her place.
struct Here {
    places: Arc<Mutex<HashMap<Source, Place>>>,
    source: Source,
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get_mut(&self.source) {
            place.here -= 1;
            if place.here == 0 {
                places.remove(&self.source);
            }
        }
    }
}

impl Market {
    /// Waits for a turn at something slow.
    ///
    /// # Errors
    /// [`Error::Busy`] when it does not come soon, or too many from the same place wait already.
    pub async fn turn(&self) -> Result<Turn> {
        let waits = tracing::info_span!(target: WAITS, "turn");
        let wait = self.turns.take(self.from.as_ref()).instrument(waits);
        timeout(PATIENCE, wait).await.map_err(|_| Error::Busy)?
    }
}

impl Turns {
    fn of(processors: usize) -> Turns {
        let turns = Ord::max(processors, 2);
        Turns {
            all: Arc::new(Semaphore::new(turns)),
            of_one_place: turns / 2,
            places: Arc::default(),
        }
    }

    async fn take(&self, from: Option<&Source>) -> Result<Turn> {
        let of_place = match from {
            Some(source) => {
                let (here, turns) = self.enter(source)?;
                Some((granted(turns).await?, here))
            }
            None => None,
        };
        Ok(Turn {
            _turn: granted(Arc::clone(&self.all)).await?,
            _of_place: of_place,
        })
    }

    fn enter(&self, source: &Source) -> Result<(Here, Arc<Semaphore>)> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(source.clone()).or_insert_with(|| Place {
            turns: Arc::new(Semaphore::new(self.of_one_place)),
            here: 0,
        });
        if place.here == FROM_ONE_PLACE {
            return Err(Error::Busy);
        }
        place.here += 1;
        let here = Here {
            places: Arc::clone(&self.places),
            source: source.clone(),
        };
        Ok((here, Arc::clone(&place.turns)))
    }
}

async fn granted(turns: Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    let turn = turns.acquire_owned().await;
    turn.map_err(|closed| Error::Stopped(closed.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORTLY: Duration = Duration::from_millis(10);

    #[tokio::test]
    async fn one_place_never_has_all_turns() {
        let turns = Turns::of(4);
        let (busy, other) = (Source::new("192.0.2.1"), Source::new("192.0.2.2"));
        let first = turns.take(Some(&busy)).await.unwrap();
        let _second = turns.take(Some(&busy)).await.unwrap();
        let third = timeout(SHORTLY, turns.take(Some(&busy))).await;
        assert!(third.is_err(), "a third from the same place waits");
        let _others = turns.take(Some(&other)).await.unwrap();

        drop(first);
        let _third = turns.take(Some(&busy)).await.unwrap();
    }

    #[tokio::test]
    async fn only_so_many_of_one_place_wait_and_none_who_left_count() {
        let turns = Turns::of(4);
        let busy = Source::new("192.0.2.1");
        for _ in 0..3 {
            let mut waiting: Vec<_> = (0..FROM_ONE_PLACE)
                .map(|_| Box::pin(turns.take(Some(&busy))))
                .collect();
            let mut had = Vec::new();
            for wait in &mut waiting {
                had.push(timeout(SHORTLY, wait).await);
            }
            assert!(matches!(turns.take(Some(&busy)).await, Err(Error::Busy)));
        }
        assert!(turns.places.lock().unwrap().is_empty(), "nobody is left");
    }
}
