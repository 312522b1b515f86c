//! The database crashes while shoppers buy, and comes back; the server goes on and finds its way back to it.

use crate::audit;
use crate::crowd::{Crowd, pause};
use crate::postgres::Postgres;
use crate::process::Serving;
use crate::stage::Stage;
use std::time::{Duration, Instant};
use trial::{Engine, Place};
use trial::{Report, so_many};

/// How soon after the database is back somebody must be able to buy again.
const RECOVERY: Duration = Duration::from_secs(30);

/// How soon somebody who wants to see a page is told that there is none now.
const TOLD: Duration = Duration::from_secs(12);

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
    let crowd = Crowd::gather(&server.host, &stage).await;
    for _ in 0..crashes {
        pause(300..1_200).await;
        postgres.crash();
        report.faults += 1;
        pause(0..500).await;
        postgres.restart();
        let recovered = crowd.can_buy_within(RECOVERY).await;
        report.wrong += u64::from(!recovered);
        audit::after_a_fault(&place, crowd.acknowledged())
            .await
            .add_to(&mut report);
    }
    postgres.crash();
    report.faults += 1;
    report.wrong += while_it_is_away(&server.host).await;
    postgres.restart();
    report.wrong += u64::from(!crowd.can_buy_within(RECOVERY).await);
    let went = crowd.go_home().await;
    audit::at_the_end(&place, &went.acknowledged)
        .await
        .add_to(&mut report);
    assert!(server.is_alive(), "the server must outlive the database");
    report.operations = went.asked;
    println!("{} acknowledged", went.acknowledged.count());
    report.file(
        "database crashed in the middle of checkouts",
        place.engine.name(),
    );
}

/// What is wrong while there is no database: whoever wants a page is told soon whose fault it is.
async fn while_it_is_away(host: &str) -> u64 {
    let client = trial_http::running::client().build().unwrap();
    let mut wrong = 0;
    for (path, told) in [("/health/ready", "not ready"), ("/market", "not yours")] {
        let started = Instant::now();
        let ask = client.get(format!("http://{host}{path}"));
        let answer = ask.header("accept", "text/html").send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        if status != 503 || !text.contains(told) || started.elapsed() > TOLD {
            println!("{path}: {status} after {:?}: {text}", started.elapsed());
            wrong += 1;
        }
    }
    wrong
}
