//! The failover drill: two servers on a PostgreSQL of three nodes, shoppers who buy all the time, and a primary that is
//! moved, killed, and killed with all that runs beside it. How long can nobody buy, and is everything there that
//! somebody was told of?
//!
//! Run by `cargo xtask drill`. `docs/scaling.md` says how such an installation is made, and shows the figures.

mod audit;
mod book;
mod cluster;
mod fault;
mod node;
mod ports;
mod program;
mod settings;
mod shoppers;
mod table;

use crate::database::Database;
use crate::purchases::Server;
use crate::town::Town;
use crate::{Outcome, report};
use book::Book;
use cluster::Cluster;
use fault::Fault;
use shoppers::Shoppers;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use table::Row;
use tokio::time::sleep;

/// How many sales there are before the first fault, and after each when it is over.
const SOME: usize = 50;

/// How long shoppers go on when the nodes are in step again.
const AFTERWARDS: Duration = Duration::from_secs(5);

/// What is kept of pages, in MiB.
const KEPT: &str = "64";

/// Everything it starts ends with it. `folder` is emptied before, and keeps settings and logs.
pub async fn run(program: &str, folder: &Path) -> Outcome {
    println!("{}", report::machine());
    let mut cluster = Cluster::start(folder).await?;
    println!("three nodes, three members of etcd and a proxy are in step");
    let database = Database::postgres(cluster.url()).await?;
    let town = Town::build(&database).await?;
    let mut servers = [
        serve(program, &town, folder, "server1.log").await?,
        serve(program, &town, folder, "server2.log").await?,
    ];
    // Its own connections would be cut off like everybody's.
    town.close().await?;
    println!("two servers are open");

    let book = Book::default();
    let shoppers = Shoppers::gather(&servers, &book);
    book.more_sales(SOME).await?;
    let mut rows = Vec::new();
    for fault in Fault::ALL {
        println!("{}", fault.name());
        rows.push(strike(fault, &mut cluster, &book, &database).await?);
    }
    shoppers.go_home().await?;

    println!("\n{}", table::table(&rows));
    for (reason, times) in book.reasons() {
        println!("{times:>6} requests failed: {reason}");
    }
    let compared = audit::compare(&book, &database).await?;
    println!(
        "{} orders are paid; {} acknowledged are lost, {} are there and nobody was told",
        compared.paid, compared.lost, compared.untold
    );
    let is_sound = audit::is_sound(program, &database).await?;
    println!("verify: {}", if is_sound { "clean" } else { "BROKEN" });
    let mut stayed = true;
    for server in &mut servers {
        stayed &= server.is_running()?;
    }
    let word = if stayed { "running" } else { "ENDED" };
    println!("the servers that were started first are {word}");

    let good = rows.iter().all(Row::is_good) && compared.lost == 0 && compared.untold == 0;
    if good && is_sound && stayed {
        Ok(())
    } else {
        Err("the drill did not go as it must".into())
    }
}

async fn serve(program: &str, town: &Town<'_>, folder: &Path, log: &str) -> Outcome<Server> {
    let log = File::create(folder.join(log))?;
    Server::start(program, town, KEPT, Stdio::from(log)).await
}

/// One fault, until the nodes are in step again and people buy.
async fn strike(
    fault: Fault,
    cluster: &mut Cluster,
    book: &Book,
    database: &Database,
) -> Outcome<Row> {
    let (before, begun) = (book.count(), Instant::now());
    let former = fault.strike(cluster).await?;
    cluster.another_primary(&former).await?;
    book.more_sales(SOME).await?;
    cluster.mend()?;
    cluster.whole().await?;
    let in_step_after = begun.elapsed();
    sleep(AFTERWARDS).await;
    book.more_sales(1).await?;
    let after = book.count();
    Ok(Row {
        fault,
        without_a_sale: book.longest_without_a_sale(begun, Instant::now()),
        sales: after.sales - before.sales,
        lost: audit::compare(book, database).await?.lost,
        asked: after.asked - before.asked,
        failed: after.failed - before.failed,
        in_step_after,
    })
}
