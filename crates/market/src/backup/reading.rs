use super::cell::{Cell, Row};
use super::shape::Table;
use crate::{Error, Result};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::future::Future;

/// Rows that are read at a time. The longest hold what an import has found.
const AT_ONCE: u64 = 500;

/// Rows of one table after the other.
pub(super) trait Rows: Send {
    /// Some more, and the place of their table among all; `None` when that was all.
    fn next(&mut self) -> impl Future<Output = Result<Option<(usize, Vec<Row>)>>> + Send;
}

/// The rows of a database, in the order of their keys.
pub(super) struct Reading<'d, C> {
    db: &'d C,
    tables: &'d [Table],
    table: usize,
    /// The key of the last row that was read of this table.
    after: Option<Row>,
}

impl<'d, C: ConnectionTrait> Reading<'d, C> {
    pub fn of(db: &'d C, tables: &'d [Table]) -> Reading<'d, C> {
        Reading {
            db,
            tables,
            table: 0,
            after: None,
        }
    }

    async fn some_of(&self, table: &Table, key: &[usize]) -> Result<Vec<Row>> {
        let backend = self.db.get_database_backend();
        let names = table.key_names();
        let mut values = Vec::new();
        let beyond = match &self.after {
            None => String::new(),
            Some(after) => {
                for (place, cell) in key.iter().zip(after) {
                    values.push(value(table, *place, cell.clone())?);
                }
                format!(
                    "WHERE ({names}) > ({})",
                    placeholders(backend, 1, values.len())
                )
            }
        };
        let sql = format!(
            "SELECT {} FROM {} {beyond} ORDER BY {names} LIMIT {AT_ONCE}",
            table.names(),
            table.name
        );
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let mut rows = Vec::new();
        for found in self.db.query_all_raw(statement).await? {
            let cells = table.columns.iter().enumerate();
            let row: Result<Row, _> = cells
                .map(|(place, column)| Cell::read(&found, place, column.kind))
                .collect();
            rows.push(row?);
        }
        Ok(rows)
    }
}

impl<C: ConnectionTrait + Sync> Rows for Reading<'_, C> {
    async fn next(&mut self) -> Result<Option<(usize, Vec<Row>)>> {
        while let Some(table) = self.tables.get(self.table) {
            let key = table.key();
            if key.is_empty() {
                return Err(Error::Broken(format!("{} has no key", table.name)));
            }
            let rows = self.some_of(table, &key).await?;
            if let Some(last) = rows.last() {
                self.after = Some(
                    key.iter()
                        .filter_map(|place| last.get(*place))
                        .cloned()
                        .collect(),
                );
                return Ok(Some((self.table, rows)));
            }
            self.table += 1;
            self.after = None;
        }
        Ok(None)
    }
}

/// `$4, $5` or `?, ?`.
pub(super) fn placeholders(backend: DbBackend, first: usize, count: usize) -> String {
    let each: Vec<_> = (first..first + count)
        .map(|number| match backend {
            DbBackend::Sqlite => "?".to_owned(),
            _ => format!("${number}"),
        })
        .collect();
    each.join(", ")
}

pub(super) fn value(table: &Table, place: usize, cell: Cell) -> Result<Value> {
    let column = table.columns.get(place);
    column
        .and_then(|column| cell.value(column.kind))
        .ok_or_else(|| Error::Broken(format!("a row of {} does not fit its columns", table.name)))
}
