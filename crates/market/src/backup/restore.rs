use super::archive::{Archive, Unpacking};
use super::fill::{FORGOTTEN_ORDERS, fill};
use super::pictures;
use super::problem::Problem;
use super::progress::Told;
use super::tally::Tally;
use crate::db::Tx;
use crate::{Market, Result, migration, verify};
use model::Timestamp;
use sea_orm::ConnectionTrait;
use std::path::Path;
use std::sync::Arc;

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was taken.
    pub taken_at: Timestamp,
    /// Of all tables.
    pub rows: u64,
    /// Files of pictures; each picture has two.
    pub pictures: u64,
    /// Files of pictures that were not there when the backup was taken.
    pub missing: Vec<String>,
    /// What the market's own audit says, as of that time.
    pub report: verify::Report,
}

/// Fills an empty database and the folder of pictures from a file: all of it, or nothing is in the database. Blocks while
/// it reads: it is for a process of its own.
///
/// # Errors
/// [`crate::Error::Backup`] with a [`Problem`]; [`crate::Error::Settled`] when a setting is not what the books were begun
/// with.
pub async fn restore(market: &Market, from: &Path, told: &Told) -> Result<Restored> {
    // Before anything that takes long, and again in the transaction.
    if !migration::is_empty(market.reader()).await? {
        return Err(Problem::NotEmpty.into());
    }
    let archive = Arc::new(Archive::open(from, told)?);
    if let Some(unknown) = migration::unknown_of(&archive.manifest.shape.changes) {
        return Err(Problem::Newer(unknown).into());
    }
    // Pictures first, as everywhere: no row speaks of one that is not there.
    pictures::put_back(market, &archive, told).await?;
    let args = (archive.clone(), told.clone());
    let tallies = market
        .db
        .write(args, |tx, (archive, told)| {
            Box::pin(restore_in(tx, archive, told))
        })
        .await?;
    look_at(market).await?;
    Ok(Restored {
        taken_at: archive.manifest.taken_at,
        rows: tallies.iter().map(|tally| tally.rows).sum(),
        pictures: archive.seal.pictures,
        missing: archive.seal.missing.clone(),
        report: verify::as_of(market, archive.manifest.taken_at).await?,
    })
}

async fn restore_in(tx: &Tx, archive: Arc<Archive>, told: Told) -> Result<Vec<Tally>> {
    let mut rows = Unpacking::of(archive.clone());
    let shape = &archive.manifest.shape;
    let read = fill(tx, shape, &mut rows, FORGOTTEN_ORDERS, &told).await?;
    if read != archive.seal.tables {
        return Err(archive.damaged("its rows are not what was sealed"));
    }
    Ok(read)
}

/// PostgreSQL knows nothing of tables that were just filled, and would look through all of one to find a row.
pub(super) async fn look_at(market: &Market) -> Result<()> {
    if !market.db.is_file() {
        market.reader().execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}
