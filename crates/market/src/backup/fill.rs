use super::cell::Row;
use super::problem::Problem;
use super::progress::{Progress, Told};
use super::reading::{Reading, Rows, placeholders, value};
use super::shape::{Shape, Table};
use super::tally::{Tally, line};
use crate::db::Tx;
use crate::entity::settled;
use crate::{Error, Result, feed, migration, random_code, settled as settings};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, Statement};

/// Values that one statement takes; SQLite allows 32,766.
const VALUES: usize = 30_000;

/// Rows that one statement takes.
const AT_ONCE: usize = 500;

/// Numbers that are passed over when a market is put back to an earlier state. The orders that were made since then are
/// forgotten here, but not at the payment provider, who knows each by its number and would give their answers to others.
pub(super) const FORGOTTEN_ORDERS: i64 = 1_000_000;

/// Fills an empty database: makes the tables as they were, writes the rows, compares, and brings all up to date. Gives
/// what the rows came to.
pub(super) async fn fill(
    tx: &Tx,
    shape: &Shape,
    rows: &mut impl Rows,
    orders_passed_over: i64,
    told: &Told,
) -> Result<Vec<Tally>> {
    begin(tx, shape).await?;
    let guards = migration::set_guards_aside(tx.db().schema()).await?;
    for table in shape.tables.iter().rev() {
        // What the tables were made with.
        let all = Statement::from_string(
            tx.db().get_database_backend(),
            format!("DELETE FROM {}", table.name),
        );
        tx.db().execute_raw(all).await?;
    }
    let read = write(tx, &shape.tables, rows, told).await?;
    guards.put_back(tx.db().schema()).await?;
    compare(tx, &shape.tables, &read, told).await?;
    for table in &shape.tables {
        number_on(tx, table, orders_passed_over).await?;
    }
    migration::up_in(tx, None).await?;
    name_anew(tx).await?;
    settings::settle_in(tx).await?;
    Ok(read)
}

/// Makes the tables of that time, where there are none.
async fn begin(tx: &Tx, shape: &Shape) -> Result<()> {
    if !migration::is_empty(tx.db()).await? {
        return Err(Problem::NotEmpty.into());
    }
    if let Some(unknown) = migration::unknown_of(&shape.changes) {
        return Err(Problem::Newer(unknown).into());
    }
    migration::up_in(tx, Some(shape.changes.len())).await?;
    let made = Shape::of(tx.db()).await?;
    for table in &shape.tables {
        if !made.tables.iter().any(|made| made.is_like(table)) {
            return Err(Error::Broken(format!(
                "the table {} is not as it was made by {:?}",
                table.name,
                shape.changes.last()
            )));
        }
    }
    Ok(())
}

async fn write(tx: &Tx, tables: &[Table], rows: &mut impl Rows, told: &Told) -> Result<Vec<Tally>> {
    let mut tallies = vec![Tally::default(); tables.len()];
    while let Some((place, rows)) = rows.next().await? {
        let (Some(table), Some(tally)) = (tables.get(place), tallies.get_mut(place)) else {
            return Err(Error::Broken(format!("rows of a table {place}")));
        };
        for row in &rows {
            tally.count(&line(row)?);
        }
        insert(tx, table, rows).await?;
        told(Progress::Rows {
            table: table.name.clone(),
            done: tally.rows,
            of: table.rows,
        });
    }
    Ok(tallies)
}

async fn insert(tx: &Tx, table: &Table, rows: Vec<Row>) -> Result<()> {
    let backend = tx.db().get_database_backend();
    let width = table.columns.len().max(1);
    let at_once = (VALUES / width).clamp(1, AT_ONCE);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut values = Vec::new();
        let mut places = Vec::new();
        for row in rows.by_ref().take(at_once) {
            places.push(format!(
                "({})",
                placeholders(backend, values.len() + 1, width)
            ));
            for (place, cell) in row.into_iter().enumerate() {
                values.push(value(table, place, cell)?);
            }
        }
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            table.name,
            table.names(),
            places.join(", ")
        );
        let statement = Statement::from_sql_and_values(backend, sql, values);
        tx.db()
            .execute_raw(statement)
            .await
            .map_err(|error| refused(table, error))?;
    }
    Ok(())
}

/// The disk may be full; all else is about the rows.
fn refused(table: &Table, error: sea_orm::DbErr) -> Error {
    match Error::from(error) {
        Error::Database(error) => Problem::Refused {
            table: table.name.clone(),
            error,
        }
        .into(),
        unavailable => unavailable,
    }
}

/// Reads everything again.
async fn compare(tx: &Tx, tables: &[Table], read: &[Tally], told: &Told) -> Result<()> {
    let mut written = vec![Tally::default(); tables.len()];
    let mut again = Reading::of(tx.db(), tables);
    while let Some((place, rows)) = again.next().await? {
        for row in rows {
            if let Some(tally) = written.get_mut(place) {
                tally.count(&line(&row)?);
            }
        }
    }
    for ((table, read), written) in tables.iter().zip(read).zip(written) {
        if *read != written {
            return Err(Problem::Differs {
                table: table.name.clone(),
                read: read.to_string(),
                written: written.to_string(),
            }
            .into());
        }
        told(Progress::Compared {
            table: table.name.clone(),
        });
    }
    Ok(())
}

/// New rows are numbered from where the old ones ended.
async fn number_on(tx: &Tx, table: &Table, orders_passed_over: i64) -> Result<()> {
    let Some(last) = table.last.filter(|last| *last > 0) else {
        return Ok(());
    };
    let last = match table.name.as_str() {
        "orders" => last.saturating_add(orders_passed_over),
        _ => last,
    };
    let (backend, name) = (tx.db().get_database_backend(), &table.name);
    let statements = match backend {
        DbBackend::Sqlite => vec![
            format!("DELETE FROM sqlite_sequence WHERE name = '{name}'"),
            format!("INSERT INTO sqlite_sequence (name, seq) VALUES ('{name}', {last})"),
        ],
        _ => {
            let numbered = table.key_names();
            vec![format!(
                "SELECT setval(pg_get_serial_sequence('{name}', '{numbered}'), {last})"
            )]
        }
    };
    for sql in statements {
        tx.db()
            .execute_raw(Statement::from_string(backend, sql))
            .await?;
    }
    Ok(())
}

/// Whoever has kept something of another database at this place sees that this is not that one.
async fn name_anew(tx: &Tx) -> Result<()> {
    let row = settled::ActiveModel {
        name: Set(feed::PUT_BACK.to_owned()),
        value: Set(random_code(24)),
    };
    let known = OnConflict::column(settled::Column::Name)
        .update_column(settled::Column::Value)
        .to_owned();
    settled::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
