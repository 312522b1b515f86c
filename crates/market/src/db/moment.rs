use super::Reader;
use crate::Result;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// A transaction that reads the database as it is when its first statement starts. It never turns to writing.
pub(crate) async fn one_moment(reader: &Reader) -> Result<DatabaseTransaction> {
    let sqlite = reader.get_database_backend() == DbBackend::Sqlite;
    // SQLite knows neither setting: its transactions always read one moment.
    let options = TransactionOptions {
        isolation_level: (!sqlite).then_some(IsolationLevel::RepeatableRead),
        access_mode: (!sqlite).then_some(AccessMode::ReadOnly),
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Deferred),
    };
    Ok(reader.pool().begin_with_options(options).await?)
}
