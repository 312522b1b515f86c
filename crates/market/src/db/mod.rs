//! The one way to the database: reads anywhere, writes only through [`Db::write`].

mod connect;
mod retry;
mod rows;
mod slow;

pub(crate) use rows::{Locked, by_row, is_word};

use crate::task::to_its_end;
use crate::{Clock, Result, Settings};
use model::Timestamp;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// What a transaction's body gives back.
pub(crate) type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// An open transaction, the moment it started and the settings it goes by.
pub(crate) struct Tx {
    connection: DatabaseTransaction,
    pub now: Timestamp,
    pub settings: Arc<Settings>,
}

impl Tx {
    /// Where this transaction's statements go.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.connection
    }
}

/// The database. SQLite has one connection that writes and some that read; PostgreSQL has one pool.
#[derive(Clone)]
pub(crate) struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// Readers that must come to an end.
    slow: DatabaseConnection,
    clock: Clock,
    settings: Arc<Settings>,
}

impl Db {
    pub async fn connect(settings: &Settings, clock: Clock) -> Result<Db> {
        let (writer, reader) = connect::pools(settings).await?;
        Ok(Db {
            writer,
            reader,
            slow: slow::readers(settings).await?,
            clock,
            settings: Arc::new(settings.clone()),
        })
    }

    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For statements that look through everything. They are ended after [`Settings::slowest_read`].
    pub fn slow_reader(&self) -> &DatabaseConnection {
        &self.slow
    }

    /// For migrations only; everything else writes through [`Db::write`].
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    pub async fn close(self) -> Result<()> {
        self.slow.close().await?;
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }

    /// Runs `work` in one transaction and commits it, or leaves no trace. The whole transaction is run again
    /// when the database gave up on it in favour of another one.
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
        let db = self.clone();
        let all = async move { retry::until_settled(|| db.attempt(args.clone(), work)).await };
        to_its_end(all).await
    }

    async fn attempt<A, T>(
        &self,
        args: A,
        work: for<'t> fn(&'t Tx, A) -> Work<'t, T>,
    ) -> Result<T> {
        let connection = begin(&self.writer).await?;
        let tx = Tx {
            connection,
            now: self.clock.now(),
            settings: self.settings.clone(),
        };
        let answer = work(&tx, args).await;
        match answer {
            Ok(value) => {
                tx.connection.commit().await?;
                Ok(value)
            }
            Err(error) => {
                tx.connection.rollback().await?;
                Err(error)
            }
        }
    }
}

/// IMMEDIATE on SQLite: a transaction that starts by reading and then has to wait to write fails at once.
async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction> {
    let sqlite = writer.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(writer.begin_with_options(options).await?)
}
