use crate::{Error, Result, migration};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde::{Deserialize, Serialize};

/// Tables whose rows are worth nothing elsewhere, each with the reason.
const LEFT_OUT: &[(&str, &str)] = &[(
    "changes",
    "they tell processes that are running what changed since they looked last; a database that was put back tells them \
     that everything did",
)];

/// The tables of a market as they stand in a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shape {
    /// The changes to the schema that were made, in order.
    pub changes: Vec<String>,
    /// What a row refers to comes before it.
    pub tables: Vec<Table>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// When they were counted.
    pub rows: u64,
    /// The last number that was given to a row, if the database numbers them. It is never given again.
    pub last: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
    /// Its place in the primary key, from 1; 0 for what is not part of it.
    pub key: i64,
}

/// What both engines have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Integer,
    Text,
    Boolean,
}

impl Shape {
    /// Looks, within one moment.
    pub async fn of(db: &impl ConnectionTrait) -> Result<Shape> {
        let changes = migration::made(db).await?;
        let described = all(db, described_by(db.get_database_backend())).await?;
        let mut tables = Vec::new();
        for name in migration::tables() {
            let of_this = |row: &&QueryResult| {
                row.try_get::<String>("", "in_table")
                    .is_ok_and(|table| table == name)
            };
            let columns: Vec<_> = described.iter().filter(of_this).collect();
            if columns.is_empty() || LEFT_OUT.iter().any(|(table, _why)| *table == name) {
                continue;
            }
            tables.push(Table {
                rows: number(db, format!("SELECT COUNT(*) FROM {name}"))
                    .await?
                    .unsigned_abs(),
                last: last(db, name, &columns).await?,
                columns: columns
                    .into_iter()
                    .map(|row| column(name, row))
                    .collect::<Result<_>>()?,
                name: name.to_owned(),
            });
        }
        Ok(Shape { changes, tables })
    }
}

impl Table {
    /// The columns' names, with commas between them.
    pub fn names(&self) -> String {
        let names: Vec<_> = self
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        names.join(", ")
    }

    /// The places of the primary key's columns, in its order.
    pub fn key(&self) -> Vec<usize> {
        let mut key: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.key > 0)
            .map(|(place, column)| (column.key, place))
            .collect();
        key.sort_unstable();
        key.into_iter().map(|(_, place)| place).collect()
    }

    /// Their names, with commas between them.
    pub fn key_names(&self) -> String {
        let columns = self
            .key()
            .into_iter()
            .filter_map(|place| self.columns.get(place));
        let names: Vec<_> = columns.map(|column| column.name.as_str()).collect();
        names.join(", ")
    }

    /// Whether both have the same columns, in whatever order.
    pub fn is_like(&self, other: &Table) -> bool {
        let sorted = |table: &Table| {
            let mut columns: Vec<_> = table
                .columns
                .iter()
                .map(|column| (column.name.clone(), format!("{:?}", column.kind)))
                .collect();
            columns.sort();
            columns
        };
        self.name == other.name && sorted(self) == sorted(other)
    }
}

/// A row for each column of each table.
fn described_by(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => {
            "SELECT t.name AS in_table, c.name, c.type AS type, CAST(c.pk AS BIGINT) AS place_in_key, \
                    t.sql LIKE '%AUTOINCREMENT%' AND c.pk = 1 AS is_numbered \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' ORDER BY t.name, c.cid"
        }
        _ => {
            "SELECT t.relname::TEXT AS in_table, c.attname::TEXT AS name, format_type(c.atttypid, c.atttypmod) AS type, \
                    COALESCE(array_position(k.indkey::INT2[], c.attnum) + 1, 0)::BIGINT AS place_in_key, \
                    c.attidentity <> '' AS is_numbered \
             FROM pg_class t \
             JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped \
             LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary \
             WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::TEXT::REGNAMESPACE \
             ORDER BY t.relname, c.attnum"
        }
    }
}

fn column(table: &str, row: &QueryResult) -> Result<Column> {
    let name: String = row.try_get("", "name")?;
    let called: String = row.try_get("", "type")?;
    let kind = match called.to_lowercase().as_str() {
        "integer" | "bigint" => Kind::Integer,
        "text" => Kind::Text,
        "boolean" => Kind::Boolean,
        other => {
            return Err(Error::Broken(format!(
                "{table}.{name} is of a kind that no backup has: {other}"
            )));
        }
    };
    Ok(Column {
        name,
        kind,
        key: row.try_get("", "place_in_key")?,
    })
}

/// The last number given in a table whose rows the database numbers.
async fn last(
    db: &impl ConnectionTrait,
    table: &str,
    columns: &[&QueryResult],
) -> Result<Option<i64>> {
    for column in columns {
        if !column.try_get::<bool>("", "is_numbered")? {
            continue;
        }
        let name: String = column.try_get("", "name")?;
        let given = match db.get_database_backend() {
            DbBackend::Sqlite => {
                format!(
                    "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)"
                )
            }
            _ => {
                let sequence =
                    format!("SELECT pg_get_serial_sequence('{table}', '{name}') AS name");
                let Some(row) = all(db, &sequence).await?.pop() else {
                    continue;
                };
                let sequence: String = row.try_get("", "name")?;
                format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
            }
        };
        return Ok(Some(number(db, given).await?));
    }
    Ok(None)
}

async fn number(db: &impl ConnectionTrait, sql: String) -> Result<i64> {
    let rows = all(db, &sql).await?;
    let row = rows
        .first()
        .ok_or_else(|| Error::Broken(format!("no answer: {sql}")))?;
    Ok(row.try_get_by_index(0)?)
}

async fn all(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.query_all_raw(statement).await?)
}
