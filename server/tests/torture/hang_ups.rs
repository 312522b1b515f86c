//! Clients who hang up at a random moment of whatever they asked for.

use crate::audit::{self, Acknowledged, number};
use crate::shopper::Browser;
use crate::stage::{Maker, Stage};
use market::random_code;
use reqwest::RequestBuilder;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use trial::world::Card;
use trial::{Engine, Place, both_engines};
use trial::{Report, so_many};
use trial_http::running::Running;

both_engines!(a_client_who_hangs_up_leaves_nothing_half_done);

const CLIENTS: u64 = 8;

async fn a_client_who_hangs_up_leaves_nothing_half_done(place: Arc<Place>) {
    let times = so_many(104, 2_000);
    let server = Running::with(&[("database_url", &place.url), ("rate_limits", "off")]).await;
    let stage = Stage::set(&server.market).await;
    let stranger = Browser::at(&server.host()).await;
    let mut owners = Vec::new();
    for maker in &stage.makers {
        owners.push((maker.clone(), stranger.logged_in(&maker.email).await));
    }
    // About as long as a request takes in the crowd, a hang-up may wait.
    let started = Instant::now();
    stranger.buy(&stage, Card::Pays).await;
    let longest = started.elapsed() * u32::try_from(CLIENTS).unwrap() / 4;

    let mut report = Report::begin();
    let (sent, hung_up) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (stranger, stage, owners) = (stranger.clone(), stage.clone(), owners.clone());
        let (sent, hung_up) = (sent.clone(), hung_up.clone());
        clients.spawn(async move {
            while hung_up.load(Ordering::Relaxed) < times {
                let request = something(&stranger, &stage, &owners).await;
                let moment = longest.mul_f64(rand::random_range(0.0..1.0));
                sent.fetch_add(1, Ordering::Relaxed);
                let cut = tokio::time::timeout(moment, request.send()).await.is_err();
                hung_up.fetch_add(u64::from(cut), Ordering::Relaxed);
            }
        });
    }
    clients.join_all().await;
    report.faults = hung_up.load(Ordering::Relaxed);
    report.operations = sent.load(Ordering::Relaxed);

    if place.engine == Engine::Postgres {
        report.wrong += open_transactions(&place).await;
    }
    // What nobody waits for any more is finished by the market itself.
    let market = server.market.clone();
    let jobs = tokio::spawn(async move {
        loop {
            market::jobs::tick(&market).await.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    audit::at_the_end(&place, &Acknowledged::default())
        .await
        .add_to(&mut report);
    jobs.abort();
    report.file("clients hang up at a random moment", place.engine.name());
}

/// A request that changes something.
async fn something(
    stranger: &Browser,
    stage: &Stage,
    owners: &[(Maker, Browser)],
) -> RequestBuilder {
    let (maker, owner) = &owners[rand::random_range(0..owners.len())];
    match rand::random_range(0..10) {
        0 => {
            let units = rand::random_range(20_000..50_000).to_string();
            let rate = format!("0.0{}", rand::random_range(1..3));
            let offer = maker.offer.to_string();
            let form = [
                ("offer", offer.as_str()),
                ("form[rate]", &rate),
                ("form[units]", &units),
            ];
            owner.post("change_offer", &form)
        }
        // Whichever of the first lines are hers.
        1 => {
            let line = rand::random_range(1..100).to_string();
            let key = random_code(20);
            let form = [
                ("line", line.as_str()),
                ("form[units]", "1"),
                ("form[restock]", "on"),
                ("form[key]", &key),
                ("form[standing]", "1 of 1, here"),
            ];
            owner.post("cancel_units", &form)
        }
        2 => {
            let (listing, variant) = (maker.listing.to_string(), maker.variant.to_string());
            let form = [
                ("listing", listing.as_str()),
                ("variant", &variant),
                ("units", "1"),
            ];
            stranger.stranger().post("add_to_cart", &form)
        }
        card => {
            let card = match card {
                3 => Card::Declined,
                4 => Card::LateAnswer,
                _ => Card::Pays,
            };
            let mut shopper = stranger.stranger();
            assert!(shopper.fill_cart(stage).await);
            shopper.pay(stage, card, &random_code(20))
        }
    }
}

/// Transactions that are still open although everybody has gone.
async fn open_transactions(place: &Place) -> u64 {
    let rows = place.rows().await;
    let started = Instant::now();
    loop {
        let open = number(
            &rows,
            "SELECT COUNT(*) FROM pg_stat_activity
             WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
        )
        .await;
        // A transaction that goes on in a task of its own may still be at it.
        if open == 0 || started.elapsed() > Duration::from_secs(5) {
            rows.close().await.unwrap();
            return u64::try_from(open).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
