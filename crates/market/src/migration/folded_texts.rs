//! Texts that are kept to be compared are derived from others by rules SQL does not know: here they are made anew, row
//! by row, with statements of their own, since the entities may have columns by now that this database has not.

use crate::product::searched;
use crate::store::spellings;
use model::{Category, normal_email};
use sea_orm_migration::prelude::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use std::future::Future;
use std::pin::Pin;

/// Rows read at once.
const ROWS: usize = 500;

/// Folds what searches look through and what names are compared by, and gives e-mail addresses their normal form.
/// Done twice, it changes nothing.
pub(super) fn fold<'c>(
    manager: &'c SchemaManager<'c>,
) -> Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'c>> {
    Box::pin(async move {
        products(manager).await?;
        stores(manager).await?;
        accounts(manager).await
    })
}

async fn products(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const READ: &str = "SELECT p.id, p.title, p.category, p.description, p.search_text, s.name FROM products p \
        JOIN stores s ON s.id = p.store_id WHERE p.id > $1 ORDER BY p.id LIMIT 500";
    let mut after = 0;
    loop {
        let rows = read(manager, READ, after).await?;
        for row in &rows {
            after = row.try_get("", "id")?;
            let text = |column| row.try_get::<String>("", column);
            let category = text("category")?.parse().unwrap_or(Category::Home);
            let now = searched(
                &text("title")?,
                category,
                &text("name")?,
                &text("description")?,
            );
            if now != text("search_text")? {
                let change = "UPDATE products SET search_text = $1 WHERE id = $2";
                write(manager, change, [now.into(), after.into()]).await?;
            }
        }
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}

async fn stores(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const READ: &str = "SELECT id, name FROM stores WHERE id > $1 ORDER BY id LIMIT 500";
    const TAKE: &str =
        "INSERT INTO store_names (spelling, store_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let mut after = 0;
    loop {
        let rows = read(manager, READ, after).await?;
        for row in &rows {
            after = row.try_get("", "id")?;
            for spelling in spellings(&row.try_get::<String>("", "name")?) {
                write(manager, TAKE, [spelling.into(), after.into()]).await?;
            }
        }
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}

/// An address whose normal form is somebody else's stays as it was typed.
async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const READ: &str = "SELECT id, email FROM accounts WHERE id > $1 ORDER BY id LIMIT 500";
    const CHANGE: &str = "UPDATE accounts SET email = $1 WHERE id = $2 \
        AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.email = $1)";
    let mut after = 0;
    loop {
        let rows = read(manager, READ, after).await?;
        for row in &rows {
            after = row.try_get("", "id")?;
            let email: String = row.try_get("", "email")?;
            let normal = normal_email(&email);
            if normal != email {
                write(manager, CHANGE, [normal.into(), after.into()]).await?;
            }
        }
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}

async fn read(
    manager: &SchemaManager<'_>,
    sql: &str,
    after: i64,
) -> Result<Vec<QueryResult>, DbErr> {
    let engine = manager.get_database_backend();
    let find = Statement::from_sql_and_values(engine, sql, [after.into()]);
    manager.get_connection().query_all_raw(find).await
}

async fn write(manager: &SchemaManager<'_>, sql: &str, values: [Value; 2]) -> Result<(), DbErr> {
    let engine = manager.get_database_backend();
    let change = Statement::from_sql_and_values(engine, sql, values);
    manager.get_connection().execute_raw(change).await?;
    Ok(())
}
