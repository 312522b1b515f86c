//! The one way to the database: reads anywhere, writes only through [`Db::write`].

mod commits;
mod connect;
mod file;
mod moment;
mod paged;
mod patience;
mod reader;
mod retry;
mod rows;
mod slow;
mod sqlite_version;
mod transaction;
mod trouble;
mod trust;

#[cfg(test)]
mod tests;

pub(crate) use commits::{Commits, Count};
pub(crate) use moment::one_moment;
pub(crate) use paged::paged;
pub(crate) use reader::Reader;
pub(crate) use rows::{Locked, by_row, has_some, is_word};

use crate::task::to_its_end;
use crate::{Clock, Error, Result, Settings};
use file::DatabaseFile;
use model::Timestamp;
use retry::{Failed, Unknown};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use transaction::Transaction;
use trust::Trust;

/// What a transaction's body gives back.
pub(crate) type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// An open transaction, the moment it started and the settings it goes by.
pub(crate) struct Tx {
    connection: Transaction,
    pub now: Timestamp,
    pub settings: Arc<Settings>,
}

impl Tx {
    /// Where this transaction's statements go.
    pub fn db(&self) -> &Transaction {
        &self.connection
    }
}

/// The database. SQLite has one connection that writes and some that read; PostgreSQL has one pool.
#[derive(Clone)]
pub(crate) struct Db {
    writer: DatabaseConnection,
    reader: Reader,
    /// Readers that must come to an end.
    slow: Reader,
    /// For whoever reads what changed, who never waits for a connection.
    changes: Reader,
    /// `None` for PostgreSQL.
    commits: Option<Arc<Commits>>,
    trust: Trust,
    /// Whether what was written last could be saved.
    saves: Arc<AtomicBool>,
    /// `None` for PostgreSQL.
    file: Option<Arc<DatabaseFile>>,
    clock: Clock,
    settings: Arc<Settings>,
}

impl Db {
    pub async fn connect(settings: &Settings, clock: Clock) -> Result<Db> {
        let connect::Pools {
            writer,
            reader,
            changes,
            trust,
            file,
        } = connect::pools(settings).await?;
        let commits = file.as_ref().map(DatabaseFile::commits).transpose()?;
        let slow = slow::readers(settings, &trust).await?;
        Ok(Db {
            writer,
            reader: Reader::of(reader, &trust),
            slow: Reader::of(slow, &trust),
            changes: Reader::of(changes, &trust),
            commits: commits.map(Arc::new),
            trust,
            saves: Arc::new(AtomicBool::new(true)),
            file: file.map(Arc::new),
            clock,
            settings: Arc::new(settings.clone()),
        })
    }

    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// For statements that look through everything. They are ended after [`Settings::slowest_read`].
    pub fn slow_reader(&self) -> &Reader {
        &self.slow
    }

    /// For statements that read what changed.
    pub fn changes_reader(&self) -> &Reader {
        &self.changes
    }

    /// Whether anything was committed; `None` when that is asked like all else.
    pub fn commits(&self) -> Option<&Arc<Commits>> {
        self.commits.as_ref()
    }

    /// Past [`Db::write`], for tests of what it guards against.
    #[cfg(test)]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Whether it is an SQLite file, which one process at a time writes to.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Each with its name. PostgreSQL's reader writes too.
    pub fn pools(&self) -> Vec<(&'static str, &DatabaseConnection)> {
        let other = match self.writer.get_database_backend() {
            DbBackend::Sqlite => ("writer", &self.writer),
            _ => ("changes", self.changes.pool()),
        };
        vec![
            ("reader", self.reader.pool()),
            ("slow", self.slow.pool()),
            other,
        ]
    }

    pub fn saves(&self) -> bool {
        self.saves.load(Ordering::Relaxed)
    }

    pub async fn close(self) -> Result<()> {
        if let Some(commits) = &self.commits {
            commits.close();
        }
        self.changes.close().await?;
        self.slow.close().await?;
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }

    /// Runs `work` in one transaction and commits it, or leaves no trace. The whole transaction is run again
    /// when the database gave up on it in favour of another one, or went away before it was committed. When it went
    /// away during the commit, nobody knows what became of it: the caller is told that the database is away.
    ///
    /// A client who hangs up does not cut it in half.
    pub async fn write<A, T>(
        &self,
        args: A,
        work: for<'t> fn(&'t Tx, A) -> Work<'t, T>,
    ) -> Result<T>
    where
        A: Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        self.settle(Unknown::IsTold, args, work).await
    }

    /// The same for work that finds, by a key or by the state of its rows, what it has done before, and gives that. It is
    /// also run again when nobody knows whether it was committed.
    pub async fn write_once<A, T>(
        &self,
        args: A,
        work: for<'t> fn(&'t Tx, A) -> Work<'t, T>,
    ) -> Result<T>
    where
        A: Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        self.settle(Unknown::IsLookedUp, args, work).await
    }

    async fn settle<A, T>(
        &self,
        unknown: Unknown,
        args: A,
        work: for<'t> fn(&'t Tx, A) -> Work<'t, T>,
    ) -> Result<T>
    where
        A: Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        let db = self.clone();
        let all = async move {
            let settled = retry::until_settled(unknown, || db.attempt(args.clone(), work)).await;
            let saved = !matches!(settled, Err(Error::Unavailable(_)));
            db.saves.store(saved, Ordering::Relaxed);
            settled
        };
        to_its_end(all).await
    }

    async fn attempt<A, T>(
        &self,
        args: A,
        work: for<'t> fn(&'t Tx, A) -> Work<'t, T>,
    ) -> Result<T, Failed> {
        self.file
            .as_ref()
            .map_or(Ok(()), |file| file.is_in_its_place())?;
        let begun = begin(&self.writer).await;
        let connection = begun.map_err(|error| {
            self.trust.lose_after(&error);
            Error::from(error)
        })?;
        let tx = Tx {
            connection: Transaction::of(connection),
            now: self.clock.now(),
            settings: self.settings.clone(),
        };
        match work(&tx, args).await {
            Ok(value) => {
                self.commit(tx.connection).await?;
                Ok(value)
            }
            Err(error) => {
                self.roll_back(tx.connection, &error).await;
                Err(error.into())
            }
        }
    }

    /// Nobody is told that something is so before it has been committed for certain. The transaction began at the
    /// outermost level of a connection on which none was open, none of its statements failed, the database agreed to its
    /// end, and a file that it went to is where it will be looked for.
    async fn commit(&self, transaction: Transaction) -> Result<(), Failed> {
        if transaction.has_failed() {
            let overlooked = Error::Broken("a statement failed and was passed over".into());
            self.roll_back(transaction, &overlooked).await;
            return Err(overlooked.into());
        }
        if let Err(error) = transaction.commit().await {
            // Who knows in which state its connection is.
            self.trust.lose();
            return Err(Failed::at_commit(error));
        }
        self.file
            .as_ref()
            .map_or(Ok(()), |file| file.has_what_was_committed())?;
        Ok(())
    }

    /// Undoes a transaction because of `why`, which is what its caller is told, whatever becomes of this.
    async fn roll_back(&self, transaction: Transaction, why: &Error) {
        if matches!(why, Error::Unavailable(_)) {
            self.trust.lose();
        }
        if let Err(error) = transaction.rollback().await {
            tracing::warn!(%error, %why, "a transaction could not be undone; its connection is closed");
            self.trust.lose();
        }
    }
}

/// IMMEDIATE on SQLite: a transaction that starts by reading and then has to wait to write fails at once.
async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let sqlite = writer.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    writer.begin_with_options(options).await
}
