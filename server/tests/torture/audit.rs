//! What is looked at after a fault: every rule of the books, and what clients were told against what is there.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use trial::Place;
use trial::Report;
use trial::world::Card;

/// The longest it may take until nothing is under way any more: the leases of dead workers, then some attempts, for
/// thousands of orders.
const PATIENCE: Duration = Duration::from_secs(600);

/// The longest it may take until somebody has bought something.
const FIRST: Duration = Duration::from_secs(60);

/// The secrets of all orders that clients were told of, and the cards they gave.
#[derive(Clone, Debug, Default)]
pub struct Acknowledged(Arc<Mutex<Vec<(String, Card)>>>);

impl Acknowledged {
    pub fn note(&self, secret: String, card: Card) {
        self.0.lock().unwrap().push((secret, card));
    }

    /// Those of now; what is noted later is not among them.
    pub fn until_now(&self) -> Acknowledged {
        let now = self.0.lock().unwrap().clone();
        Acknowledged(Arc::new(Mutex::new(now)))
    }

    /// Waits until one more client was told of an order.
    pub async fn one_more(&self) {
        let (before, started) = (self.count(), Instant::now());
        while self.count() == before {
            assert!(started.elapsed() < FIRST, "nobody can buy");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// What an audit found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub lost: u64,
    pub wrong: u64,
}

impl Found {
    /// Counts it in a report.
    pub fn add_to(self, report: &mut Report) {
        report.lost += self.lost;
        report.wrong += self.wrong;
    }
}

/// Right after a fault: every rule must hold, and every order that was acknowledged must be there.
pub async fn after_a_fault(place: &Place, acknowledged: &Acknowledged) -> Found {
    let rows = place.rows().await;
    let lost = missing(&rows, acknowledged, |_, _| true).await;
    rows.close().await.unwrap();
    Found {
        lost,
        wrong: breaches(place).await,
    }
}

/// When everything has come to its end: every order that was acknowledged is what its card makes of it, nothing is half
/// done.
pub async fn at_the_end(place: &Place, acknowledged: &Acknowledged) -> Found {
    let rows = place.rows().await;
    let half_done = until_settled(&rows).await;
    let lost = missing(&rows, acknowledged, |state, card| state == end(card)).await;
    rows.close().await.unwrap();
    Found {
        lost,
        wrong: half_done + breaches(place).await,
    }
}

/// The rules that do not hold.
pub async fn breaches(place: &Place) -> u64 {
    let market = place.market().await;
    let report = market::verify::run(&market).await.unwrap();
    market.close().await.unwrap();
    let broken = report.checks.iter().filter(|c| !c.breaches.is_empty());
    let mut count = 0;
    for check in broken {
        println!("{} {}: {:?}", check.rule, check.name, check.breaches);
        count += 1;
    }
    count
}

/// Waits until no order is on hold and no call to the provider is due; gives how many are all the same.
async fn until_settled(rows: &DatabaseConnection) -> u64 {
    let started = Instant::now();
    loop {
        let open = number(
            rows,
            "SELECT (SELECT COUNT(*) FROM orders WHERE state = 'held')
                  + (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL)",
        )
        .await;
        if open == 0 || started.elapsed() > PATIENCE {
            return u64::try_from(open).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// The state an order ends in. Somebody whose bank did not answer at once is sent to her order to wait there, with a
/// card that will be declined too.
fn end(card: Card) -> &'static str {
    match card {
        Card::Declined => "released",
        Card::Pays | Card::SecondStep | Card::LateAnswer => "paid",
    }
}

async fn missing(
    rows: &DatabaseConnection,
    acknowledged: &Acknowledged,
    is_there: impl Fn(&str, Card) -> bool,
) -> u64 {
    let told = acknowledged.0.lock().unwrap().clone();
    let all = Statement::from_string(
        rows.get_database_backend(),
        "SELECT secret, state FROM orders",
    );
    let orders: HashMap<String, String> = rows
        .query_all_raw(all)
        .await
        .unwrap()
        .iter()
        .map(|row| {
            (
                row.try_get_by_index(0).unwrap(),
                row.try_get_by_index(1).unwrap(),
            )
        })
        .collect();
    let lost = |(secret, card): &&(String, Card)| {
        !orders
            .get(secret)
            .is_some_and(|state| is_there(state, *card))
    };
    let lost: Vec<_> = told.iter().filter(lost).collect();
    for (secret, card) in &lost {
        println!("order {secret} ({card:?}) is {:?}", orders.get(secret));
    }
    u64::try_from(lost.len()).unwrap()
}

/// The one number that a query gives.
pub async fn number(rows: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(
        rows.get_database_backend(),
        // PostgreSQL's SUM is a NUMERIC.
        format!("SELECT CAST(({sql}) AS BIGINT)"),
    );
    let row = rows.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
