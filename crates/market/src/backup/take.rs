use super::archive::{Manifest, Names, Writer};
use super::pictures::Keys;
use super::progress::{Progress, Told};
use super::reading::{Reading, Rows};
use super::shape::Shape;
use crate::db::one_moment;
use crate::{Error, Market, Result};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use std::path::Path;

/// What is in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Of all tables.
    pub rows: u64,
    /// Files of pictures; each picture has two.
    pub pictures: u64,
    /// Files of pictures that rows speak of and that were not there.
    pub missing: Vec<String>,
    /// Of the file.
    pub bytes: u64,
}

/// Writes the market, as it is at one moment, into a file. The market may be open, and written to. Blocks while it
/// writes: it is for a process of its own.
///
/// # Errors
/// [`Error::Backup`] with a [`Problem`](super::Problem); [`Error::NoMarket`] when the database is empty.
pub async fn take(market: &Market, to: &Path, replace: bool, told: &Told) -> Result<Taken> {
    let names = Names::of(to, replace)?;
    let moment = one_moment(market.reader()).await?;
    let engine = take_time(&moment).await?;
    let shape = Shape::of(&moment).await?;
    if shape.changes.is_empty() {
        return Err(Error::NoMarket("this database: it is empty".into()));
    }
    let manifest = Manifest::new(engine, market.now(), shape);
    let mut writer = Writer::begin(names, &manifest)?;
    let keys = write(&moment, &manifest.shape, &mut writer, told).await?;
    // Pictures take longest, and nobody waits for the rows any more.
    moment.rollback().await?;
    keys.copy(market, &mut writer, told).await?;
    let seal = writer.finish()?;
    Ok(Taken {
        rows: seal.tables.iter().map(|table| table.rows).sum(),
        pictures: seal.pictures,
        missing: seal.missing,
        bytes: std::fs::metadata(to)?.len(),
    })
}

/// A disk that is slow ends nothing. Gives the engine's name.
pub(super) async fn take_time(moment: &DatabaseTransaction) -> Result<&'static str> {
    if moment.get_database_backend() == DbBackend::Sqlite {
        return Ok("SQLite");
    }
    for limit in ["statement_timeout", "idle_in_transaction_session_timeout"] {
        moment
            .execute_unprepared(&format!("SET LOCAL {limit} = 0"))
            .await?;
    }
    Ok("PostgreSQL")
}

async fn write(
    moment: &DatabaseTransaction,
    shape: &Shape,
    writer: &mut Writer,
    told: &Told,
) -> Result<Keys> {
    let mut keys = Keys::default();
    let mut reading = Reading::of(moment, &shape.tables);
    let mut more = reading.next().await?;
    for (place, table) in shape.tables.iter().enumerate() {
        writer.table(&table.name)?;
        let mut done = 0;
        while let Some((of, rows)) = more {
            if of != place {
                more = Some((of, rows));
                break;
            }
            for row in &rows {
                keys.note(table, row);
                writer.row(row)?;
                done += 1;
            }
            told(Progress::Rows {
                table: table.name.clone(),
                done,
                of: table.rows,
            });
            more = reading.next().await?;
        }
        if done != table.rows {
            return Err(Error::Broken(format!(
                "{} has {} rows, and {done} were read",
                table.name, table.rows
            )));
        }
    }
    Ok(keys)
}
