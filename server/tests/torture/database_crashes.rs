//! The database crashes while shoppers buy, and comes back; the server goes on and finds its way back to it.

use crate::audit::{self, Acknowledged};
use crate::engine::{Engine, Place};
use crate::postgres::Postgres;
use crate::process::Serving;
use crate::report::{Report, so_many};
use crate::shopper::{Answer, Browser, Card};
use crate::stage::Stage;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const SHOPPERS: usize = 6;

/// How soon after the database is back somebody must be able to buy again.
const RECOVERY: Duration = Duration::from_secs(30);

/// A browser looks again soon when it got no answer.
const PAUSE: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crashed_database_loses_nothing_and_the_server_recovers_by_itself() {
    let crashes = so_many(2, 20);
    let Some(mut postgres) = Postgres::start() else {
        return;
    };
    let place = Place::at(
        Engine::Postgres,
        postgres.url(),
        tempfile::tempdir().unwrap(),
    );
    let market = place.market().await;
    market.migrate().await.unwrap();
    let stage = Stage::set(&market).await;
    market.close().await.unwrap();

    let mut report = Report::begin();
    let mut server = Serving::start(&place).await;
    let crowd = Arc::new(Crowd::default());
    let mut shoppers = JoinSet::new();
    for _ in 0..SHOPPERS {
        let (crowd, stage) = (crowd.clone(), stage.clone());
        let browser = Browser::at(&server.host).await;
        shoppers.spawn(async move { crowd.shop(&browser, &stage).await });
    }
    for _ in 0..crashes {
        pause(300..1_200).await;
        postgres.crash();
        report.faults += 1;
        pause(0..500).await;
        postgres.restart();
        let recovered = crowd.can_buy_within(RECOVERY).await;
        report.wrong += u64::from(!recovered);
        audit::after_a_fault(&place, &crowd.acknowledged)
            .await
            .add_to(&mut report);
    }
    crowd.go_home.store(true, Ordering::Relaxed);
    shoppers.join_all().await;
    audit::at_the_end(&place, &crowd.acknowledged)
        .await
        .add_to(&mut report);
    assert!(server.is_alive(), "the server must outlive the database");
    report.operations = crowd.asked.load(Ordering::Relaxed);
    println!("{} acknowledged", crowd.acknowledged.count());
    report.file(
        "database crashed in the middle of checkouts",
        place.engine.name(),
    );
}

async fn pause(milliseconds: std::ops::Range<u64>) {
    let moment = rand::random_range(milliseconds);
    tokio::time::sleep(Duration::from_millis(moment)).await;
}

/// Shoppers who come back however often they get no answer.
#[derive(Debug, Default)]
struct Crowd {
    acknowledged: Acknowledged,
    asked: AtomicU64,
    go_home: AtomicBool,
}

impl Crowd {
    async fn shop(&self, browser: &Browser, stage: &Stage) {
        while !self.go_home.load(Ordering::Relaxed) {
            let card = match rand::random_range(0..10) {
                0 => Card::Declined,
                _ => Card::Pays,
            };
            let answer = browser.buy(stage, card).await;
            self.asked
                .fetch_add(u64::from(answer.is_some()), Ordering::Relaxed);
            match answer {
                Some(Answer::Ordered { secret }) => self.acknowledged.note(secret, card),
                Some(_) => {}
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Whether each shopper on average bought something more in that time.
    async fn can_buy_within(&self, time: Duration) -> bool {
        let before = self.acknowledged.count();
        let started = Instant::now();
        while started.elapsed() < time {
            if self.acknowledged.count() >= before + SHOPPERS {
                return true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        false
    }
}
