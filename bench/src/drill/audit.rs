//! What is in the books, past all that anybody was told.

use super::book::Book;
use crate::Outcome;
use crate::database::Database;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::HashSet;
use tokio::process::Command;

/// The book of those who bought beside the books of the market.
pub struct Compared {
    /// Orders that are paid.
    pub paid: usize,
    /// Orders that somebody was told are paid, and that are not.
    pub lost: usize,
    /// Orders that are paid, and nobody knows.
    pub untold: usize,
}

/// What is sold meanwhile is counted as untold, never as lost.
pub async fn compare(book: &Book, database: &Database) -> Outcome<Compared> {
    let sold = book.sold();
    let paid = paid(database).await?;
    Ok(Compared {
        paid: paid.len(),
        lost: sold.difference(&paid).count(),
        untold: paid.difference(&sold).count(),
    })
}

/// The secrets of all orders that are paid.
async fn paid(database: &Database) -> Outcome<HashSet<String>> {
    // Connections from before a fault lead to whoever was the primary then.
    let rows = database.rows().await?;
    let all = Statement::from_string(
        rows.get_database_backend(),
        "SELECT secret FROM orders WHERE state = 'paid'",
    );
    let found = rows.query_all_raw(all).await?;
    rows.close().await?;
    let secrets = found.iter().map(|row| row.try_get_by_index(0));
    Ok(secrets.collect::<Result<_, _>>()?)
}

/// Whether every rule holds, as `shelfshare verify` says. What does not is shown.
pub async fn is_sound(program: &str, database: &Database) -> Outcome<bool> {
    let verify = Command::new(program)
        .arg("verify")
        .current_dir(database.folder())
        .env("SHELFSHARE_DATABASE_URL", database.url())
        .output()
        .await?;
    let is_sound = verify.status.success();
    if !is_sound {
        println!("{}", String::from_utf8_lossy(&verify.stdout));
        println!("{}", String::from_utf8_lossy(&verify.stderr));
    }
    Ok(is_sound)
}
