//! `kill -9` of the server in the middle of checkouts, again and again on the same database.

use crate::audit::{self, Acknowledged};
use crate::process::Serving;
use crate::shopper::{Answer, Browser};
use crate::stage::Stage;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use trial::world::Card;
use trial::{Place, both_engines};
use trial::{Report, so_many};

both_engines!(a_killed_server_loses_nothing_and_leaves_nothing_half_done);

const SHOPPERS: usize = 6;

/// What shoppers meet in the meantime.
#[derive(Debug, Default)]
struct Counts {
    /// Times that somebody pressed pay.
    asked: AtomicU64,
    /// Of those, without an answer: the server was killed in the middle.
    silent: AtomicU64,
}

async fn a_killed_server_loses_nothing_and_leaves_nothing_half_done(place: Arc<Place>) {
    let kills = so_many(6, 200);
    let market = place.market().await;
    market.migrate().await.unwrap();
    let stage = Stage::set(&market).await;
    market.close().await.unwrap();

    let mut report = Report::begin();
    let acknowledged = Acknowledged::default();
    let counts = Arc::new(Counts::default());
    for _ in 0..kills {
        let server = Serving::start(&place).await;
        let mut shoppers = JoinSet::new();
        for _ in 0..SHOPPERS {
            let browser = Browser::at(&server.host).await;
            let (stage, acknowledged, counts) =
                (stage.clone(), acknowledged.clone(), counts.clone());
            shoppers
                .spawn(async move { while buy(&browser, &stage, &acknowledged, &counts).await {} });
        }
        acknowledged.one_more().await;
        let moment = rand::random_range(0..500);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        server.kill();
        shoppers.join_all().await;
        report.faults += 1;
        audit::after_a_fault(&place, &acknowledged)
            .await
            .add_to(&mut report);
    }

    let server = Serving::start(&place).await;
    audit::at_the_end(&place, &acknowledged)
        .await
        .add_to(&mut report);
    drop(server);
    report.operations = counts.asked.load(Ordering::Relaxed);
    let silent = counts.silent.load(Ordering::Relaxed);
    println!(
        "{} acknowledged, {silent} interrupted",
        acknowledged.count()
    );
    assert!(silent > report.faults / 4, "hardly a kill hit a checkout");
    report.file(
        "server killed in the middle of checkouts",
        place.engine.name(),
    );
}

/// Buys once; false when the server is gone.
async fn buy(
    browser: &Browser,
    stage: &Stage,
    acknowledged: &Acknowledged,
    counts: &Counts,
) -> bool {
    let card = match rand::random_range(0..10) {
        0 => Card::Declined,
        1 => Card::LateAnswer,
        _ => Card::Pays,
    };
    let Some(answer) = browser.buy(stage, card).await else {
        return false;
    };
    counts.asked.fetch_add(1, Ordering::Relaxed);
    match answer {
        Answer::Ordered { secret } => acknowledged.note(secret, card),
        Answer::Refused(_) => {}
        Answer::SecondStep { .. } => panic!("no card here asks for a second step"),
        Answer::Silence => {
            counts.silent.fetch_add(1, Ordering::Relaxed);
            return false;
        }
    }
    true
}
