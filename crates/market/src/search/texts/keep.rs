//! The task that keeps the texts.

use super::read::{self, Texts as Read};
use super::{Texts, Work};
use crate::{Error, Market, Result, task};
use finder::Keeper;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

/// After a failure the texts are put together anew no sooner than this.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// How much may be lost when the process is killed while it goes through all texts: those of so many products, and of so
/// long.
const UNSAVED: usize = 1_000;
const SAVED_EVERY: Duration = Duration::from_secs(1);

/// Keeps the texts in which words are looked up, until `stop` says so. One in each process does. Whatever goes wrong with
/// them is no more than a search by the database alone.
pub async fn keep(market: &Market, mut stop: watch::Receiver<bool>) {
    let texts = &market.texts;
    loop {
        let kept = tokio::select! {
            kept = keep_once(market, texts) => kept,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        texts.offer(None);
        if let Err(error) = kept {
            tracing::error!(%error, "the texts in which words are looked up could not be kept; the database is asked instead");
        }
        tokio::select! {
            () = sleep(LOOK_AGAIN) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    texts.offer(None);
}

/// Returns when something is wrong with what is there: it is thrown away then.
async fn keep_once(market: &Market, texts: &Texts) -> Result<()> {
    let folder = folder(market);
    let (language, memory) = (
        market.settings.search_language,
        market.settings.search_memory,
    );
    let opened = task::blocking(move || finder::open(&folder, language, memory)).await?;
    let (keeper, finder) = opened.map_err(unkept)?;
    let mut failed = texts.0.failed.subscribe();
    texts.0.failed.send_replace(false);
    // What is there may be of old.
    texts.missed();
    if keeper.is_whole() {
        texts.offer(Some(finder.clone()));
    }
    let mut keeping = Keeping {
        market,
        texts,
        keeper: Some(keeper),
        saved_at: Instant::now(),
    };
    let outcome = loop {
        let step = tokio::select! {
            step = keeping.step() => step,
            _ = failed.wait_for(|failed| *failed) => break Ok(()),
        };
        match step {
            Ok(true) => texts.offer(Some(finder.clone())),
            Ok(false) => {}
            // Nothing is wrong with what is there: the database is away, or too busy for this.
            Err(error @ (Error::Database(_) | Error::Unavailable(_))) => {
                tracing::warn!(%error, "texts could not be read");
                texts.missed();
                sleep(LOOK_AGAIN / 60).await;
            }
            Err(error) => break Err(error),
        }
    };
    keeping.discard().await;
    outcome
}

struct Keeping<'m> {
    market: &'m Market,
    texts: &'m Texts,
    /// Away while a thread has it.
    keeper: Option<Keeper>,
    saved_at: Instant,
}

impl Keeping<'_> {
    /// Looks at what is to be looked at next, and waits for it if need be. `true` when all texts are there.
    async fn step(&mut self) -> Result<bool> {
        let work = self.texts.heard().next();
        let db = self.market.reader();
        match work {
            Work::Nothing => {
                self.texts.0.wake.notified().await;
                Ok(false)
            }
            Work::These(products, done) => {
                self.put(read::of(db, products).await?).await?;
                if let Some(done) = done {
                    self.save().await?;
                    self.texts.0.done.send_replace(done);
                }
                Ok(false)
            }
            Work::Below(above) => {
                let (read, below) = read::below(db, above).await?;
                self.put(read).await?;
                let is_all = {
                    let mut heard = self.texts.heard();
                    heard.looked_at(above, below);
                    !heard.is_looking_at_all()
                };
                if is_all {
                    self.with(Keeper::save_whole).await?;
                } else if self.saved_at.elapsed() > SAVED_EVERY || self.unsaved() > UNSAVED {
                    self.save().await?;
                }
                Ok(is_all)
            }
        }
    }

    async fn put(&mut self, read: Read) -> Result<()> {
        self.with(move |keeper| {
            for (product, text) in read.iter() {
                match text {
                    Some(text) => keeper.put(product.0, &text)?,
                    None => keeper.remove(product.0)?,
                }
            }
            Ok(())
        })
        .await
    }

    async fn save(&mut self) -> Result<()> {
        self.with(Keeper::save).await?;
        self.saved_at = Instant::now();
        Ok(())
    }

    fn unsaved(&self) -> usize {
        self.keeper.as_ref().map_or(0, Keeper::changes)
    }

    /// Works with it on a thread that may wait for the disk.
    async fn with(
        &mut self,
        work: impl FnOnce(&mut Keeper) -> finder::Result<()> + Send + 'static,
    ) -> Result<()> {
        let Some(mut keeper) = self.keeper.take() else {
            return Err(Error::Stopped("the texts are not at hand".into()));
        };
        let (keeper, done) = task::blocking(move || {
            let done = work(&mut keeper);
            (keeper, done)
        })
        .await?;
        self.keeper = Some(keeper);
        done.map_err(unkept)
    }

    /// Throws away what is there, so that it is put together anew.
    async fn discard(self) {
        if let Some(keeper) = self.keeper
            && let Ok(Err(error)) = task::blocking(move || keeper.discard()).await
        {
            tracing::error!(%error, "the texts in which words were looked up could not be thrown away");
        }
    }
}

fn folder(market: &Market) -> PathBuf {
    market.settings.data_dir.join("search")
}

fn unkept(error: finder::Error) -> Error {
    Error::Stopped(error.to_string())
}
