//! What is told of a transaction is so, whatever the disk does and whatever its body does.

use super::commits::Commits;
use super::{Db, Work};
use crate::testing::empty_market;
use crate::{Clock, Error, Result, Settings};
use rusqlite::Connection;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tempfile::TempDir;

/// A database with one table, and a folder that goes with it.
async fn notes(folder: &TempDir) -> (Db, String) {
    let url = format!("sqlite://{}", folder.path().join("notes.db").display());
    let settings = Settings::new(&url, folder.path());
    let db = Db::connect(&settings, Clock::system()).await.unwrap();
    sql(
        &db,
        "CREATE TABLE notes (n INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    )
    .await
    .unwrap();
    (db, url)
}

async fn sql(db: &Db, sql: impl Into<String>) -> Result<()> {
    db.write(sql.into(), run).await
}

fn run(tx: &super::Tx, sql: String) -> Work<'_, ()> {
    Box::pin(async move {
        tx.db().execute_unprepared(&sql).await?;
        Ok(())
    })
}

/// What somebody else finds in the file.
async fn stored(url: &str) -> i64 {
    let other = Database::connect(url).await.unwrap();
    let count = Statement::from_string(DbBackend::Sqlite, "SELECT COUNT(*) FROM notes");
    let row = other.query_one_raw(count).await.unwrap().unwrap();
    other.close().await.unwrap();
    row.try_get_by_index(0).unwrap()
}

const TOO_MUCH: &str = "INSERT INTO notes (text) VALUES (hex(zeroblob(400000)))";

#[tokio::test]
async fn what_is_told_after_the_disk_was_full_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let (db, url) = notes(&folder).await;
    for round in 0..3_i64 {
        // The file may grow by a few pages only; SQLite then undoes the transaction by itself.
        db.writer()
            .execute_unprepared("PRAGMA max_page_count = 20")
            .await
            .unwrap();
        let full = sql(&db, TOO_MUCH).await.unwrap_err();
        assert!(matches!(full, Error::Unavailable(_)), "{full}");
        assert!(!db.saves());

        let refused = sql(&db, "INSERT INTO notes (n, text) VALUES (NULL, NULL)").await;
        assert!(matches!(refused, Err(Error::Database(_))));
        for n in 1..=3 {
            sql(&db, "INSERT INTO notes (text) VALUES ('bought')")
                .await
                .unwrap();
            assert_eq!(stored(&url).await, round * 3 + n);
        }
        assert!(db.saves());
    }
}

#[tokio::test]
async fn a_panic_in_the_middle_leaves_nothing_open() {
    let folder = tempfile::tempdir().unwrap();
    let (db, url) = notes(&folder).await;
    let broken = db
        .write((), |tx, ()| {
            Box::pin(async move {
                tx.db()
                    .execute_unprepared("INSERT INTO notes (text) VALUES ('half')")
                    .await?;
                panic!("in the middle");
                #[expect(unreachable_code, reason = "what the body would give")]
                Ok(())
            })
        })
        .await;
    assert!(matches!(broken, Err(Error::Stopped(_))));
    sql(&db, "INSERT INTO notes (text) VALUES ('bought')")
        .await
        .unwrap();
    assert_eq!(stored(&url).await, 1);
}

/// Passes over an error, as no rule should.
fn careless(tx: &super::Tx, _: ()) -> Work<'_, ()> {
    Box::pin(async move {
        let _passed_over = tx.db().execute_unprepared("SELECT no_such_thing").await;
        Ok(())
    })
}

#[tokio::test]
async fn a_failed_statement_that_is_passed_over_is_never_committed() {
    let folder = tempfile::tempdir().unwrap();
    let (db, _) = notes(&folder).await;
    let told = db.write((), careless).await;
    assert!(matches!(told, Err(Error::Broken(_))));

    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let settings = Settings::new(url, folder.path());
        let db = Db::connect(&settings, Clock::system()).await.unwrap();
        let told = db.write((), careless).await;
        assert!(matches!(told, Err(Error::Broken(_))));
        db.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_with_an_open_transaction_is_not_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let (db, url) = notes(&folder).await;
    // Past all counting, as an older fault left it.
    db.writer().execute_unprepared("BEGIN").await.unwrap();
    sql(&db, "INSERT INTO notes (text) VALUES ('bought')")
        .await
        .unwrap();
    assert_eq!(stored(&url).await, 1);
}

#[tokio::test]
async fn nothing_is_written_to_a_file_that_is_gone_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (db, url) = notes(&folder).await;
    let path = folder.path().join("notes.db");
    let aside = folder.path().join("aside.db");
    std::fs::rename(&path, &aside).unwrap();
    for replaced in [false, true] {
        if replaced {
            std::fs::copy(&aside, &path).unwrap();
        }
        let told = sql(&db, "INSERT INTO notes (text) VALUES ('lost')").await;
        assert!(matches!(told, Err(Error::Unavailable(_))), "{replaced}");
        assert_eq!(path.exists(), replaced, "none is made anew");
    }
    std::fs::rename(&aside, &path).unwrap();
    sql(&db, "INSERT INTO notes (text) VALUES ('bought')")
        .await
        .unwrap();
    assert_eq!(stored(&url).await, 1);
}

#[tokio::test]
async fn sqlite_refuses_a_row_that_belongs_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let market = empty_market(&folder).await;
    let nobodys = "INSERT INTO carts (account_id, created_at) VALUES (99, 0)";
    assert!(sql(&market.db, nobodys).await.is_err());
}

#[test]
fn every_commit_of_others_counts_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("market.db");
    let other = Connection::open(&path).unwrap();
    other.pragma_update(None, "journal_mode", "WAL").unwrap();
    other.execute_batch("CREATE TABLE a (b)").unwrap();
    let commits = Commits::of(&path).unwrap();
    let mut before = commits.count().unwrap();
    assert_eq!(commits.count(), Some(before));
    for change in [
        "INSERT INTO a VALUES (1)",
        "DELETE FROM a",
        "CREATE TABLE c (d)",
    ] {
        other
            .execute_batch(&format!("BEGIN IMMEDIATE; {change}"))
            .unwrap();
        assert_eq!(commits.count(), Some(before), "{change}");
        other.execute_batch("COMMIT").unwrap();
        let after = commits.count().unwrap();
        assert_ne!(after, before, "{change}");
        before = after;
    }
    other
        .execute_batch("BEGIN IMMEDIATE; INSERT INTO a VALUES (2); ROLLBACK")
        .unwrap();
    assert_eq!(commits.count(), Some(before));
    commits.close();
    assert_eq!(commits.count(), None);
}
