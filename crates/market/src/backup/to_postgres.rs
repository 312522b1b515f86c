use super::fill::fill;
use super::problem::Problem;
use super::progress::Told;
use super::reading::Reading;
use super::restore::look_at;
use super::shape::Shape;
use super::take::take_time;
use super::tally::Tally;
use crate::db::{Tx, one_moment};
use crate::{Error, Market, Result, migration, verify};

/// What was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Each table's name and its rows, which are the same on both sides.
    pub tables: Vec<(String, u64)>,
    /// What the market's own audit says of the database that was left, and of the one that it is in now.
    pub reports: [verify::Report; 2],
}

/// Moves the market of an SQLite file into an empty PostgreSQL database. Its pictures stay where they are.
///
/// The file's one lock for writing is held from beginning to end: nobody writes to it meanwhile, in whatever process.
/// When all is there, and before the lock is given back, the file is closed for good: whoever waited to write is refused,
/// and so is a server that goes on with it.
///
/// # Errors
/// [`Error::Backup`] with a [`Problem`]; [`Error::NoMarket`] when the file holds none; [`Error::Unavailable`] when somebody
/// else writes for so long that the lock can't be had.
pub async fn to_postgres(from: &Market, to: &Market, told: &Told) -> Result<Moved> {
    if !from.db.is_file() || to.db.is_file() {
        return Err(Problem::OtherWay.into());
    }
    if !migration::is_empty(to.reader()).await? {
        return Err(Problem::NotEmpty.into());
    }
    let args = (from.clone(), to.clone(), told.clone());
    let (shape, tallies, left) = from
        .db
        .write(args, |tx, (from, to, told)| {
            Box::pin(move_in(tx, from, to, told))
        })
        .await?;
    look_at(to).await?;
    let tables = shape.tables.into_iter().map(|table| table.name);
    let rows = tallies.into_iter().map(|tally| tally.rows);
    Ok(Moved {
        tables: tables.zip(rows).collect(),
        reports: [left, verify::as_of(to, from.now()).await?],
    })
}

async fn move_in(
    tx: &Tx,
    from: Market,
    to: Market,
    told: Told,
) -> Result<(Shape, Vec<Tally>, verify::Report)> {
    let report = verify::run(&from).await?;
    let (shape, tallies) = to
        .db
        .write((from, told), |tx, (from, told)| {
            Box::pin(copy(tx, from, told))
        })
        .await?;
    migration::close(tx.db()).await?;
    Ok((shape, tallies, report))
}

/// Reads beside the lock: as long as it is held, what was committed last stays so.
async fn copy(tx: &Tx, from: Market, told: Told) -> Result<(Shape, Vec<Tally>)> {
    let moment = one_moment(from.reader()).await?;
    take_time(&moment).await?;
    let shape = Shape::of(&moment).await?;
    if shape.changes.is_empty() {
        return Err(Error::NoMarket("this database: it is empty".into()));
    }
    let mut rows = Reading::of(&moment, &shape.tables);
    let tallies = fill(tx, &shape, &mut rows, 0, &told).await?;
    for (table, tally) in shape.tables.iter().zip(&tallies) {
        if table.rows != tally.rows {
            return Err(Error::Broken(format!(
                "{} has {} rows, and {} were read",
                table.name, table.rows, tally.rows
            )));
        }
    }
    moment.rollback().await?;
    Ok((shape, tallies))
}
