//! Backups of other versions, and of a database in a state that only a test brings about.

use super::archive::{Manifest, Names, Writer};
use super::reading::{Reading, Rows};
use super::shape::Shape;
use super::{Problem, Told, restore, take};
use crate::db::Tx;
use crate::testing::empty_market;
use crate::{Clock, Error, Market, Settings, migration, random_code};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use std::path::Path;
use std::sync::Arc;

fn silent() -> Told {
    Arc::new(|_| ())
}

async fn market(url: &str, folder: &Path) -> Market {
    let settings = Settings::new(url, folder);
    Market::connect_with(settings, Clock::system())
        .await
        .unwrap()
}

/// An empty database of each engine that there is, and for PostgreSQL where it was made.
async fn databases(folder: &Path) -> Vec<(String, Option<(DatabaseConnection, String)>)> {
    let name = format!("trial_{}", random_code(16));
    let mut all = vec![(format!("sqlite://{}", folder.join(&name).display()), None)];
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let server = Database::connect(&url).await.unwrap();
        let made = format!("CREATE DATABASE {name}");
        server.execute_unprepared(&made).await.unwrap();
        let mut place = url::Url::parse(&url).unwrap();
        place.set_path(&name);
        all.push((place.into(), Some((server, name))));
    }
    all
}

async fn erase(made: Option<(DatabaseConnection, String)>) {
    if let Some((server, name)) = made {
        let gone = format!("DROP DATABASE {name} WITH (FORCE)");
        server.execute_unprepared(&gone).await.unwrap();
    }
}

const PEOPLE: &str = "\
    INSERT INTO accounts (id, email, name, password_hash, operator, created_at) \
    VALUES (7, 'Mara@xn--bcher-kva.example', 'Mara', 'hash', TRUE, 1), (9, 'ann@post.example', 'Ann', 'hash', FALSE, 2);
    INSERT INTO stores (id, owner_id, slug, name, tagline, about, accent, shipping, created_at) \
    VALUES (3, 9, 'kiln', 'Kiln', '', '', 'clay', 400, 5);
    INSERT INTO products (id, store_id, slug, title, description, category, state, search_text, created_at, updated_at) \
    VALUES (5, 3, 'mug', 'Café mug', '', 'kitchen', 'draft', 'café mug', 6, 6);
    UPDATE accounts SET suspended_at = 8 WHERE id = 9;";

fn older(tx: &Tx, changes: usize) -> crate::db::Work<'_, ()> {
    Box::pin(async move {
        migration::up_in(tx, Some(changes)).await?;
        tx.db().execute_unprepared(PEOPLE).await?;
        Ok(())
    })
}

async fn text(db: &impl ConnectionTrait, sql: &str) -> String {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_any_older_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let newest = migration::up_to_date();
    for changes in 1..=newest.len() {
        // One kind of source is enough each time: what is in the file is the same.
        let mut sources = databases(folder.path()).await;
        while sources.len() > 1 {
            let (_, made) = sources.remove(changes % 2);
            erase(made).await;
        }
        for (url, made) in sources {
            let old = market(&url, folder.path()).await;
            old.db.write(changes, older).await.unwrap();
            let file = folder.path().join(format!("after {changes}"));
            take(&old, &file, true, &silent()).await.unwrap();
            old.close().await.unwrap();
            erase(made).await;
            for (url, made) in databases(folder.path()).await {
                let new = market(&url, folder.path()).await;
                restore(&new, &file, &silent()).await.unwrap();
                let shape = Shape::of(new.reader()).await.unwrap();
                assert_eq!(shape.changes, newest);
                let email = text(new.reader(), "SELECT email FROM accounts WHERE id = 7").await;
                // What was folded is made by one of the changes.
                let is_after_folding = changes >= 8;
                assert_eq!(
                    email == "mara@bücher.example",
                    !is_after_folding,
                    "{changes}"
                );
                assert_eq!(
                    text(
                        new.reader(),
                        "SELECT value FROM settled WHERE name = 'currency'"
                    )
                    .await,
                    "USD"
                );
                new.close().await.unwrap();
                erase(made).await;
            }
        }
    }
}

#[tokio::test]
async fn a_backup_of_a_newer_version_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let market = empty_market(&folder).await;
    let mut shape = Shape::of(market.reader()).await.unwrap();
    shape.changes.push("m9999_drones".to_owned());
    let file = folder.path().join("newer");
    let manifest = Manifest::new("SQLite", market.now(), shape.clone());
    let mut writer = Writer::begin(Names::of(&file, false).unwrap(), &manifest).unwrap();
    for table in &shape.tables {
        writer.table(&table.name).unwrap();
    }
    writer.finish().unwrap();
    let other = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", other.path().join("new.db").display());
    let new = self::market(&url, other.path()).await;
    let refused = restore(&new, &file, &silent()).await.unwrap_err();
    let Error::Backup(Problem::Newer(name)) = &refused else {
        panic!("{refused}")
    };
    assert_eq!(name, "m9999_drones");
    assert!(refused.to_string().contains("newer version"), "{refused}");
}

/// More than is read at a time, with keys of one and of two columns.
#[tokio::test]
async fn every_row_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let market = empty_market(&folder).await;
    let many = "\
        INSERT INTO accounts (id, email, name, password_hash, operator, created_at) VALUES (1, '', '', '', FALSE, 0);
        INSERT INTO stores (id, owner_id, slug, name, tagline, about, accent, shipping, created_at) \
        VALUES (1, 1, '', '', '', '', '', 0, 0);
        INSERT INTO products (id, store_id, slug, title, description, category, state, search_text, created_at, updated_at) \
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 40) \
        SELECT n, 1, 's' || n, '', '', '', 'draft', '', 0, 0 FROM n;
        INSERT INTO source_pages (product_id, page_key) \
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 40) \
        SELECT a.n, 'page ' || b.n FROM n a, n b;";
    let write = market.db.write(many, |tx, sql| {
        Box::pin(async move {
            tx.db().execute_unprepared(sql).await?;
            Ok(())
        })
    });
    write.await.unwrap();
    let shape = Shape::of(market.reader()).await.unwrap();
    let mut reading = Reading::of(market.reader(), &shape.tables);
    let mut seen = std::collections::BTreeMap::<_, Vec<_>>::new();
    while let Some((table, rows)) = reading.next().await.unwrap() {
        let name = shape.tables[table].name.as_str();
        seen.entry(name).or_default().extend(rows);
    }
    for table in &shape.tables {
        let mut rows: Vec<_> = seen
            .remove(table.name.as_str())
            .unwrap_or_default()
            .iter()
            .map(|row| format!("{row:?}"))
            .collect();
        let read = rows.len();
        rows.sort();
        rows.dedup();
        assert_eq!(
            (rows.len(), u64::try_from(read).unwrap()),
            (read, table.rows),
            "{}",
            table.name
        );
    }
}
