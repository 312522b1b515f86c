//! How fast is right? Measures checkouts against a hand-written floor, whole purchases over HTTP, what both cost when a
//! million orders lie behind them, and what pages cost with 100,000 products, in one run on one machine, so that the
//! ratios mean something.
//!
//! Run by `cargo xtask bench`, which builds the server and starts a PostgreSQL that syncs its log to the disk.

#![allow(clippy::print_stdout, reason = "the figures are what it is run for")]

mod checkouts;
mod crowd;
mod database;
mod drill;
mod floor;
mod pages;
mod past;
mod posted;
mod provider;
mod purchases;
mod reference;
mod report;
mod searches;
mod town;
mod visitors;
mod words;

use database::Database;
use report::{Figure, median};
use std::error::Error;
use std::process::Stdio;

use tokio::signal::ctrl_c;
use tokio::signal::unix::{SignalKind, signal};
use town::Town;

/// Anything that goes wrong ends the run.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "\
Usage: bench [PART]...

  checkouts   domain-level checkouts against the floor, and on one product
  purchases   whole purchases over HTTP against the server in BENCH_SERVER
  growth      both again with 1,000, 100,000 and 1,000,000 past orders, and the audit
  pages       the pages everybody opens: for a crowd, beside axum and maud, few products and a million
  searches    500 searches among a million products, as a page asks for them
  quick       fewer rounds and no million: to try the benchmark itself

Without a part: all of them. `bench drill FOLDER` is the failover drill. BENCH_DATABASE_URL names a PostgreSQL server to make databases on.
";

/// What to measure.
struct Plan {
    checkouts: bool,
    purchases: bool,
    growth: bool,
    pages: bool,
    searches: bool,
    quick: bool,
}

impl Plan {
    fn parse(arguments: &[String]) -> Result<Plan, String> {
        const PARTS: [&str; 6] = [
            "checkouts",
            "purchases",
            "growth",
            "pages",
            "searches",
            "quick",
        ];
        if let Some(unknown) = arguments
            .iter()
            .find(|part| !PARTS.contains(&part.as_str()))
        {
            return Err(format!("There is no part `{unknown}`.\n\n{USAGE}"));
        }
        let all = arguments.iter().all(|part| part == "quick");
        let has = |name: &str| arguments.iter().any(|part| part == name);
        Ok(Plan {
            checkouts: all || has("checkouts"),
            purchases: all || has("purchases"),
            growth: all || has("growth"),
            pages: all || has("pages"),
            searches: all || has("searches"),
            quick: has("quick"),
        })
    }

    fn rounds(&self) -> usize {
        if self.quick { 1 } else { 3 }
    }

    fn products(&self) -> i64 {
        if self.quick { 10_000 } else { 1_000_000 }
    }

    fn pasts(&self) -> &'static [i64] {
        if self.quick {
            &[1_000, 10_000]
        } else {
            &[1_000, 100_000, 1_000_000]
        }
    }

    /// Checkouts in one round.
    fn count(&self, database: &Database) -> usize {
        match (self.quick, database) {
            (true, _) => 200,
            (false, Database::Postgres { .. }) => 2_000,
            (false, Database::Sqlite { .. }) => 800,
        }
    }
}

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, port] = arguments.as_slice()
        && word == "reference"
    {
        return reference::serve(port.parse()?).await;
    }
    // Importing brings encryption into every client of the build, and that has to be told how.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let [word, folder] = arguments.as_slice()
        && word == "drill"
    {
        let program = program().ok_or("the drill needs a server")?;
        return until_told(drill::run(&program, folder.as_ref())).await;
    }
    let plan = Plan::parse(&arguments)?;
    println!("{}", report::machine());
    let sqlite = Database::sqlite()?;
    measure(&plan, &sqlite).await?;
    sqlite.erase().await?;
    match std::env::var("BENCH_DATABASE_URL") {
        Ok(server) => {
            let postgres = Database::postgres(&server).await?;
            measure(&plan, &postgres).await?;
            postgres.erase().await?;
        }
        Err(_) => println!("\nBENCH_DATABASE_URL is not set: nothing is measured on PostgreSQL"),
    }
    Ok(())
}

/// Ends what was begun in order when somebody wants it to stop.
async fn until_told(work: impl Future<Output = Outcome>) -> Outcome {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = work => done,
        _ = ctrl_c() => Err("interrupted".into()),
        _ = terminate.recv() => Err("told to stop".into()),
    }
}

/// Everything on one engine. The past only grows, so the stages share one market.
async fn measure(plan: &Plan, database: &Database) -> Outcome {
    let town = Town::build(database).await?;
    println!("\n== {}", database.name());
    if plan.checkouts {
        against_the_floor(plan, &town).await?;
        on_one_product(plan, &town).await?;
    }
    if plan.purchases {
        over_http(plan, &town).await?;
    }
    if plan.growth {
        let mut behind = 0;
        for past in plan.pasts() {
            past::fill(&town, behind, *past).await?;
            behind = *past;
            println!("-- with {past} past orders");
            let made = rounds(plan, || checkouts::spread(&town, plan.count(database))).await?;
            report::line("checkouts/s", made);
            if plan.purchases {
                over_http(plan, &town).await?;
            }
            audit(&town).await?;
        }
    }
    if plan.pages {
        let program = program();
        if let Some(program) = &program {
            posted::measure(program, &town, plan.rounds()).await?;
        }
        over_shelves(plan, &town).await?;
        if let Some(program) = &program {
            println!("-- for a crowd, with {} products", plan.products());
            posted::measure(program, &town, plan.rounds()).await?;
        }
    }
    if plan.searches {
        if !plan.pages {
            crowd::fill(&town, plan.products()).await?;
        }
        println!("-- searches among {} products", plan.products());
        searches::measure(&town, plan.rounds()).await?;
    }
    town.close().await
}

async fn against_the_floor(plan: &Plan, town: &Town<'_>) -> Outcome {
    let count = plan.count(town.database);
    let (mut made, mut floor) = (Vec::new(), Vec::new());
    // In turn, so that whatever else the machine does meets both.
    for _ in 0..plan.rounds() {
        made.push(checkouts::spread(town, count).await?);
        floor.push(floor::spread(town, count).await?);
    }
    let (made, floor) = (median(made), median(floor));
    report::line("checkouts/s", made);
    report::line("floor: the same writes by hand, one transaction", floor);
    report::ratio("of the floor", made, floor);
    Ok(())
}

async fn on_one_product(plan: &Plan, town: &Town<'_>) -> Outcome {
    let count = plan.count(town.database) / 2;
    let one = rounds(plan, || checkouts::single(town, count, true)).await?;
    let many = rounds(plan, || checkouts::single(town, count, false)).await?;
    report::line("one-line checkouts/s, all of one product", one);
    report::line("one-line checkouts/s, spread", many);
    report::ratio("of spread", one, many);
    Ok(())
}

/// The server's program, if there is one to start.
fn program() -> Option<String> {
    let program = std::env::var("BENCH_SERVER");
    if program.is_err() {
        println!("BENCH_SERVER is not set: nothing is measured over HTTP");
    }
    program.ok()
}

/// The server on the town's database, if there is a program to start. It makes each page anew: what is measured is what
/// that costs.
async fn server(town: &Town<'_>) -> Outcome<Option<purchases::Server>> {
    match program() {
        Some(program) => Ok(Some(
            purchases::Server::start(&program, town, "0", Stdio::inherit()).await?,
        )),
        None => Ok(None),
    }
}

async fn over_http(plan: &Plan, town: &Town<'_>) -> Outcome {
    let Some(running) = server(town).await? else {
        return Ok(());
    };
    let count = plan.count(town.database);
    // The first ones fill the pools and caches.
    purchases::run(&running, town, count / 4).await?;
    let made = rounds(plan, || purchases::run(&running, town, count)).await?;
    report::line("whole purchases/s over HTTP", made);
    if let Some(peak) = running.peak_memory_mib() {
        println!("{peak:>10} MiB  server's memory at its peak");
    }
    running.stop().await
}

async fn over_shelves(plan: &Plan, town: &Town<'_>) -> Outcome {
    let Some(running) = server(town).await? else {
        return Ok(());
    };
    let few = pages::open(&running, town).await?;
    crowd::fill(town, plan.products()).await?;
    running.knows_all().await?;
    let many = pages::open(&running, town).await?;
    println!("-- with {} products", plan.products());
    pages::compare(&few, &many);
    running.stop().await?;
    audit(town).await
}

async fn audit(town: &Town<'_>) -> Outcome {
    let transfers = town.database.count("transfers").await?;
    let started = std::time::Instant::now();
    let report = market::verify::run(&town.market).await?;
    let took = started.elapsed().as_secs_f64();
    println!("{took:>10.1} s    audit of {transfers} transfers");
    let breaches: Vec<_> = report
        .checks
        .iter()
        .filter(|check| !check.breaches.is_empty())
        .collect();
    if breaches.is_empty() {
        Ok(())
    } else {
        Err(format!("the books are not in order: {breaches:#?}").into())
    }
}

async fn rounds<F>(plan: &Plan, run: impl Fn() -> F) -> Outcome<Figure>
where
    F: Future<Output = Outcome<Figure>>,
{
    let mut figures = Vec::new();
    for _ in 0..plan.rounds() {
        figures.push(run().await?);
    }
    Ok(median(figures))
}
