//! Reading what changed since the last time, of each engine in its own way.
//!
//! SQLite has one writer: rows become visible in the order of their numbers. PostgreSQL gives numbers before the commit,
//! so a row with a lower number may become visible later; there a position is a snapshot, and what is new is what that
//! snapshot did not see: the transactions that were still open in it, and all that began later. It means something to the
//! server that gave it for as long as that runs: after a failover another one may count what the first had lost anew.

use crate::db::Reader;
use crate::{Error, Result};
use model::{ProductId, StoreId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

/// More than this at once is not read: everything counts as changed.
const MOST: usize = 10_000;

/// A row of `changes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Product(ProductId),
    Shelf(StoreId),
    Store(StoreId),
}

/// Up to where the changes of which database are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Which it is: one that was put back has a name of its own.
    database: Option<String>,
    reached: Reached,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reached {
    /// All up to this number.
    Number(i64),
    Snapshot(Snapshot),
}

/// What PostgreSQL calls one: `xmin:xmax:xip,xip`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Snapshot {
    /// When the server that gave it was started.
    server: String,
    /// All transactions from this one on had not begun.
    next: u64,
    /// Those before it that were still open.
    open: Vec<u64>,
}

/// What a read brought.
pub(super) enum News {
    Changes(Vec<Change>, Position),
    /// The position is not one of this database's, or too far back.
    Lost,
}

/// Where the changes stand now.
pub(super) async fn now(db: &Reader) -> Result<Position> {
    let backend = db.get_database_backend();
    let reached = match backend {
        DbBackend::Sqlite => format!("{LAST_NUMBER} AS position"),
        _ => format!("{SNAPSHOT} AS position, {SERVER} AS server"),
    };
    let sql = format!("SELECT {reached}, {} AS database", database());
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let row = rows
        .first()
        .ok_or_else(|| Error::Broken("the changes have no position".into()))?;
    position(backend, row)
}

/// What changed since.
pub(super) async fn since(db: &Reader, known: &Position) -> Result<News> {
    let backend = db.get_database_backend();
    let asked = match &known.reached {
        Reached::Number(number) => Statement::from_string(backend, after_number(*number)),
        Reached::Snapshot(snapshot) => {
            // Mostly nothing was, which is found out for a fifth of what looking for it costs.
            let now = now(db).await?;
            if now == *known {
                return Ok(News::Changes(Vec::new(), now));
            }
            let values = [snapshot.next.to_string(), snapshot.open()];
            Statement::from_sql_and_values(backend, after_snapshot(), values.map(Into::into))
        }
    };
    let rows = db.query_all_raw(asked).await?;
    if rows.len() > MOST {
        return Ok(News::Lost);
    }
    let Some(first) = rows.first() else {
        return Err(Error::Broken("the changes have no position".into()));
    };
    let reached = position(backend, first)?;
    if !reached.follows(known) {
        return Ok(News::Lost);
    }
    let mut changes = Vec::new();
    for row in &rows {
        if let Some(kind) = row.try_get::<Option<String>>("", "kind")? {
            changes.push(change(&kind, row.try_get("", "subject")?)?);
        }
    }
    Ok(News::Changes(changes, reached))
}

const LAST_NUMBER: &str = "COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)";

/// Under this name it is settled which database this is, in one that was put back.
pub(crate) const PUT_BACK: &str = "put_back";

fn database() -> String {
    format!("(SELECT value FROM settled WHERE name = '{PUT_BACK}')")
}

const SNAPSHOT: &str = "pg_current_snapshot()::TEXT";

const SERVER: &str = "pg_postmaster_start_time()::TEXT";

/// One row for each change, or one without: each says how far the read went.
fn after_number(number: i64) -> String {
    format!(
        "SELECT now.position, now.database, changes.kind, changes.subject \
         FROM (SELECT {LAST_NUMBER} AS position, {} AS database) AS now \
         LEFT JOIN changes ON changes.seq > {number} ORDER BY changes.seq LIMIT {}",
        database(),
        MOST + 1
    )
}

/// Of the first transaction that had not begun, and of those that were open, with commas between them. They are not
/// written into it, so that it is the same statement each time.
fn after_snapshot() -> String {
    format!(
        "SELECT now.position, now.server, now.database, changes.kind, changes.subject \
         FROM (SELECT {SNAPSHOT} AS position, {SERVER} AS server, {} AS database) AS now \
         LEFT JOIN changes ON changes.xid >= $1::TEXT::XID8 OR changes.xid = ANY (string_to_array($2, ',')::XID8[]) LIMIT {}",
        database(),
        MOST + 1
    )
}

fn position(backend: DbBackend, row: &QueryResult) -> Result<Position> {
    let reached = match backend {
        DbBackend::Sqlite => Reached::Number(row.try_get("", "position")?),
        _ => {
            let text: String = row.try_get("", "position")?;
            let snapshot = Snapshot::parse(row.try_get("", "server")?, &text)
                .ok_or_else(|| Error::Broken(format!("no snapshot: {text}")))?;
            Reached::Snapshot(snapshot)
        }
    };
    Ok(Position {
        database: row.try_get("", "database")?,
        reached,
    })
}

fn change(kind: &str, subject: i64) -> Result<Change> {
    match kind {
        "product" => Ok(Change::Product(ProductId(subject))),
        "shelf" => Ok(Change::Shelf(StoreId(subject))),
        "store" => Ok(Change::Store(StoreId(subject))),
        _ => Err(Error::Broken(format!("no change: {kind}"))),
    }
}

impl Position {
    /// Whether this is the same database, later. If not, it was put back to an older state, or another stands in its
    /// place: another server may have counted anew what the one before had lost.
    fn follows(&self, earlier: &Position) -> bool {
        self.database == earlier.database
            && match (&self.reached, &earlier.reached) {
                (Reached::Number(one), Reached::Number(earlier)) => one >= earlier,
                (Reached::Snapshot(one), Reached::Snapshot(earlier)) => {
                    one.next >= earlier.next && one.server == earlier.server
                }
                _ => false,
            }
    }
}

impl Snapshot {
    /// The transactions that were open, with commas between them.
    fn open(&self) -> String {
        let open: Vec<_> = self.open.iter().map(u64::to_string).collect();
        open.join(",")
    }

    fn parse(server: String, text: &str) -> Option<Snapshot> {
        let mut parts = text.split(':').skip(1);
        let next = parts.next()?.parse().ok()?;
        let open = parts.next()?.split(',').filter(|id| !id.is_empty());
        let open = open.map(|id| id.parse().ok()).collect::<Option<_>>()?;
        Some(Snapshot { server, next, open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_says_what_it_did_not_see() {
        let parse = |text| Snapshot::parse("today".to_owned(), text);
        let snapshot = parse("100:104:100,102").unwrap();
        assert_eq!(snapshot.next, 104);
        assert_eq!(snapshot.open, [100, 102]);
        assert!(parse("100:100:").unwrap().open.is_empty());
        assert_eq!(parse("100"), None);
        assert_eq!(snapshot.open(), "100,102");
    }

    #[test]
    fn a_database_that_was_put_back_is_noticed() {
        let of = |database: Option<&str>, reached| Position {
            database: database.map(ToOwned::to_owned),
            reached,
        };
        let number = |database, number| of(database, Reached::Number(number));
        assert!(!number(None, 4).follows(&number(None, 5)));
        assert!(number(None, 5).follows(&number(None, 5)));
        assert!(!number(Some("a"), 6).follows(&number(None, 5)));
        assert!(!number(Some("b"), 6).follows(&number(Some("a"), 5)));
        assert!(number(Some("a"), 6).follows(&number(Some("a"), 5)));
        let at = |server: &str, next| {
            let snapshot = Snapshot {
                server: server.to_owned(),
                next,
                open: vec![],
            };
            of(None, Reached::Snapshot(snapshot))
        };
        assert!(!at("one", 90).follows(&at("one", 91)));
        assert!(at("one", 91).follows(&at("one", 90)));
        assert!(!at("other", 91).follows(&at("one", 90)));
    }
}
