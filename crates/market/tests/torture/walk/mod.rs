//! Random walks: anybody does anything in any order, and after each step the tables say what the same market kept in
//! memory says, L1-L5, R4 and C2 among it.
//!
//! A walk that goes wrong is made shorter and printed with its seed; `TORTURE_SEED` walks that one again, if it is as
//! long.

mod act;
mod books;
mod compare;
mod rules;
mod shorten;
mod step;

use act::Walk;
use books::Books;
use market::verify;
use sea_orm::{ConnectOptions, Database};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use step::{Plan, Step};
use trial::{Engine, Process, World, run};
use trial::{Report, so_many};

/// Between two audits.
const STEPS_UNAUDITED: usize = 50;

/// Between two looks at all pages.
const STEPS_UNSEEN: usize = 10;

/// Between two words of how far it is.
const WALKS_UNTOLD: u64 = 50;

#[test]
fn every_rule_holds_after_every_step_sqlite() {
    walks(Engine::Sqlite, so_many((120, 100), (1_120, 1_000)));
}

#[test]
fn every_rule_holds_after_every_step_postgres() {
    walks(Engine::Postgres, so_many((24, 100), (1_120, 1_000)));
}

/// So many walks of so many steps.
fn walks(engine: Engine, (count, length): (u64, usize)) {
    let (first, count) = match std::env::var("TORTURE_SEED") {
        Ok(seed) => (seed.parse().unwrap(), 1),
        Err(_) => (rand::random::<u32>().into(), count),
    };
    println!(
        "walks with the seeds {first} to {}, {length} steps each",
        first + count - 1
    );
    let report = Mutex::new(Report::begin());
    let next = AtomicU64::new(first);
    let walker = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= first + count || report.lock().unwrap().wrong > 0 {
            break;
        }
        let plan = Plan::of(seed, length);
        let Some(Outcome { taken, wrong }) = walk(engine, &plan, plan.steps.clone()) else {
            break;
        };
        let mut report = report.lock().unwrap();
        report.operations += taken;
        if let Some(wrong) = wrong {
            report.wrong += 1;
            println!("TORTURE_SEED={seed}: {wrong}\nmaking it shorter");
            println!("{}", shorten::shorten(engine, &plan, &wrong));
            // Said again where somebody reads first.
            println!("TORTURE_SEED={seed}: {wrong}");
        } else if (seed - first) % WALKS_UNTOLD == WALKS_UNTOLD - 1 {
            println!("{engine:?}: {} steps so far", report.operations);
        }
    };
    // One walk is one client after the other: side by side they keep the machine busy.
    let walkers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..walkers {
            scope.spawn(walker);
        }
    });
    let report = report.into_inner().unwrap();
    if report.operations + report.wrong > 0 {
        report.file("random walks beside a market in memory", engine.name());
    }
}

/// How a walk went.
pub struct Outcome {
    taken: u64,
    /// The step that went wrong, and how.
    wrong: Option<String>,
}

/// Walks in a new market. `None` when there is no such engine here.
fn walk(engine: Engine, plan: &Plan, steps: Vec<Step>) -> Option<Outcome> {
    let outcome = Arc::new(Mutex::new(None));
    let told = outcome.clone();
    let (fee, days) = (plan.fee_basis_points, plan.reward_pending_days);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        run(engine, |world: World| async move {
            let went = take_all(world, fee, days, steps).await;
            *told.lock().unwrap() = Some(went);
        });
    }));
    let mut outcome = outcome.lock().unwrap().take();
    match (&mut outcome, walked) {
        (
            Some(Outcome {
                wrong: wrong @ None,
                ..
            }),
            Err(_),
        ) => *wrong = Some("the last audit".into()),
        (None, Err(_)) => {
            outcome = Some(Outcome {
                taken: 0,
                wrong: Some("a step panicked".into()),
            })
        }
        _ => {}
    }
    outcome
}

async fn take_all(world: World, fee: i64, days: i64, steps: Vec<Step>) -> Outcome {
    let world = world
        .with(|settings| {
            settings.fee_basis_points = fee;
            settings.reward_pending_days = days;
        })
        .await;
    let mut options = ConnectOptions::new(&world.market.settings().database_url);
    options.max_connections(1);
    let rows = Database::connect(options).await.unwrap();
    let books = Books {
        now: world.market.now().0,
        fee_basis_points: fee,
        reward_pending_days: days,
        ..Books::default()
    };
    let other = Process::beside(&world).await;
    let mut walk = Walk {
        world,
        books,
        other,
        rows,
    };
    let mut outcome = Outcome {
        taken: 0,
        wrong: None,
    };
    for (number, step) in steps.iter().enumerate() {
        match look_around(&mut walk, number, step).await {
            Ok(taken) => outcome.taken += u64::from(taken),
            Err(wrong) => {
                outcome.wrong = Some(format!("step {number}, {step:?}: {wrong}"));
                break;
            }
        }
    }
    if outcome.wrong.is_none() {
        // A walk that was made shorter ends anywhere.
        outcome.wrong = walk.audit().await.err();
    }
    walk.other.end().await;
    walk.rows.close().await.unwrap();
    walk.world.market.close().await.unwrap();
    outcome
}

/// Takes a step, then compares.
async fn look_around(walk: &mut Walk, number: usize, step: &Step) -> Result<bool, String> {
    let taken = walk.take(step).await?;
    walk.compare().await?;
    if number % STEPS_UNSEEN == STEPS_UNSEEN - 1 {
        walk.look_at_pages().await?;
    }
    if number % STEPS_UNAUDITED == STEPS_UNAUDITED - 1 {
        walk.audit().await?;
    }
    Ok(taken)
}

impl Walk {
    /// A hold may be past its time until somebody comes by; the audit is asked when nobody is late.
    async fn audit(&mut self) -> Result<(), String> {
        self.tick().await;
        if self.breach().await.is_some() {
            // Nor is a call to the provider that was put off: none is for longer than this.
            self.wait(15);
            self.tick().await;
        }
        self.breach().await.map_or(Ok(()), Err)
    }

    /// What the audit finds first.
    async fn breach(&self) -> Option<String> {
        let report = verify::run(&self.world.market).await.unwrap();
        let breach = report
            .checks
            .iter()
            .find(|check| !check.breaches.is_empty());
        breach.map(|check| format!("{check:#?}"))
    }
}
