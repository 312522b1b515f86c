//! The task that reads what changed.

use super::Asked;
use super::apply::{self, Concerned};
use super::read::{self, News, Position};
use crate::db::{Reader, Tx};
use crate::facts::Gathered;
use crate::{Error, Market, Result};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::sync::PoisonError;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::{mpsc, watch};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

/// How often the changes are read while nobody asks, so that whoever does has few to wait for.
const IDLE: Duration = Duration::from_millis(250);

/// A read that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long changes are kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Whoever has not read for so long, such as a machine that slept, may have missed what is gone by now.
const TOO_LONG: Duration = Duration::from_secs(60 * 60);

/// Reads what changes until `stop` says so. One in each process follows.
pub async fn follow(market: &Market, mut stop: watch::Receiver<bool>) {
    let asked = market
        .feed
        .asked
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    let Some(mut asked) = asked else {
        tracing::error!("somebody follows the changes already");
        return;
    };
    let mut follower = Follower {
        market,
        db: market.db.changes_reader(),
        gathered: Gathered::NOTHING,
        position: None,
        read_at: SystemTime::now(),
    };
    follower.read(Vec::new()).await;
    loop {
        let mut waiting = Vec::new();
        tokio::select! {
            _ = asked.recv_many(&mut waiting, usize::MAX) => {}
            () = sleep(follower.pause()) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
        // Not above: whoever has been heard is not to be forgotten because it is time to read anyway.
        if !waiting.is_empty() {
            all_who_ask(&mut asked, &mut waiting).await;
        }
        follower.read(waiting).await;
        follower.gather().await;
    }
    follower.lose();
}

/// Somebody asks: those whose requests are there already are let in as well. What a read costs is shared by more, and none
/// of them waits longer for it.
async fn all_who_ask(asked: &mut mpsc::UnboundedReceiver<Asked>, waiting: &mut Vec<Asked>) {
    yield_now().await;
    while let Ok(asked) = asked.try_recv() {
        waiting.push(asked);
    }
}

struct Follower<'m> {
    market: &'m Market,
    db: &'m Reader,
    gathered: Gathered,
    /// `None`: what changed meanwhile was missed.
    position: Option<Position>,
    read_at: SystemTime,
}

impl Follower<'_> {
    /// Reads once for all who `wait`: this begins after each of them has asked. When it fails they are not told.
    async fn read(&mut self, waiting: Vec<Asked>) {
        if self.read_at.elapsed().is_ok_and(|passed| passed > TOO_LONG) {
            self.position = None;
        }
        let begun = Instant::now();
        let outcome = timeout(PATIENCE, self.step())
            .await
            .unwrap_or(Err(Error::Busy));
        match outcome {
            Ok(()) => {
                self.read_at = SystemTime::now();
                self.market.feed.counted.read(begun);
                for asked in waiting {
                    // She may have hung up.
                    let _ = asked.send(());
                }
            }
            Err(error) => {
                if self.market.feed.known().is_followed() {
                    tracing::warn!(%error, "what changed could not be read; nothing is answered from memory");
                }
                self.lose();
            }
        }
    }

    async fn step(&mut self) -> Result<()> {
        // Counted before it is read: what is committed meanwhile may be missing.
        let commits = self.market.feed.commits();
        self.catch_up().await?;
        self.market.feed.known().reach(commits);
        Ok(())
    }

    async fn catch_up(&mut self) -> Result<()> {
        let Some(known) = &self.position else {
            return self.begin().await;
        };
        match read::since(self.db, known).await? {
            News::Changes(changes, reached) => {
                let concerned = apply::concerned(self.db, &changes).await?;
                self.refresh(&concerned).await?;
                self.market.texts.changed(&concerned.products);
                self.market.feed.known().change(&concerned.topics);
                self.market.live.changed(&concerned.products);
                self.position = Some(reached);
                Ok(())
            }
            News::Lost => {
                tracing::warn!("changes were missed; nothing from before is answered from memory");
                self.lose();
                self.begin().await
            }
        }
    }

    async fn begin(&mut self) -> Result<()> {
        // What is kept from now on was read after this.
        let position = read::now(self.db).await?;
        self.position = Some(position);
        self.market.facts.forget();
        self.gathered = Gathered::NOTHING;
        self.market.texts.missed();
        self.market.feed.known().begin();
        self.market.live.missed();
        Ok(())
    }

    async fn refresh(
        &mut self,
        Concerned {
            products, shelves, ..
        }: &Concerned,
    ) -> Result<()> {
        if self.gathered != Gathered::Never
            && !self
                .market
                .facts
                .refresh(self.db, products, shelves)
                .await?
        {
            self.gathered = Gathered::Never;
        }
        Ok(())
    }

    /// Reads further facts, while there are some to read.
    async fn gather(&mut self) {
        if self.position.is_none() || self.gathered.is_complete() {
            return;
        }
        let stretch = self.market.facts.gather(self.db, self.gathered);
        match timeout(PATIENCE, stretch).await.unwrap_or(Err(Error::Busy)) {
            Ok(gathered) => self.gathered = gathered,
            Err(error) => {
                tracing::warn!(%error, "what lists need of all products could not be read");
                self.lose();
            }
        }
    }

    fn pause(&self) -> Duration {
        match self.position.is_none() || self.gathered.is_complete() {
            true => IDLE,
            false => Duration::ZERO,
        }
    }

    fn lose(&mut self) {
        self.position = None;
        self.market.feed.counted.lost();
        self.market.feed.known().lose();
    }
}

/// Forgets changes that everybody has read long ago.
///
/// # Errors
/// [`Error::Database`] when the database does not answer.
pub async fn prune(market: &Market) -> Result<u64> {
    market.db.write((), |tx, ()| Box::pin(prune_in(tx))).await
}

async fn prune_in(tx: &Tx) -> Result<u64> {
    let backend = tx.db().get_database_backend();
    let now = match backend {
        DbBackend::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        _ => "(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT",
    };
    let kept = KEPT.as_millis();
    let sql = format!("DELETE FROM changes WHERE noted_at < {now} - {kept}");
    let statement = Statement::from_string(backend, sql);
    Ok(tx.db().execute_raw(statement).await?.rows_affected())
}
