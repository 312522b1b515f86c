//! The same checkout sent fifty times at the same moment: one effect, fifty equal answers (L4).

use crate::audit::{self, Acknowledged, number};
use crate::shopper::{Answer, Browser, answer};
use crate::stage::Stage;
use std::sync::Arc;
use tokio::task::JoinSet;
use trial::world::Card;
use trial::{Place, both_engines};
use trial::{Report, so_many};
use trial_http::running::Running;

both_engines!(rule_l4_a_checkout_posted_fifty_times_at_once_is_one_order);

const CLICKS: u64 = 50;

async fn rule_l4_a_checkout_posted_fifty_times_at_once_is_one_order(place: Arc<Place>) {
    let rounds = so_many(3, 100);
    let server = Running::with(&[("database_url", &place.url), ("rate_limits", "off")]).await;
    let stage = Stage::set(&server.market).await;
    let stranger = Browser::at(&server.host()).await;
    let rows = place.rows().await;

    let mut report = Report::begin();
    let acknowledged = Acknowledged::default();
    for round in 1..=rounds {
        let mut shopper = stranger.stranger();
        assert!(shopper.fill_cart(&stage).await);
        let key = market::random_code(20);
        let mut clicks = JoinSet::new();
        for _ in 0..CLICKS {
            let pay = shopper.pay(&stage, Card::Pays, &key);
            clicks.spawn(async move { answer(pay.send().await.unwrap()).await });
        }
        let answers = clicks.join_all().await;
        if let Some(Answer::Ordered { secret }) = answers.first() {
            acknowledged.note(secret.clone(), Card::Pays);
        }
        let different = answers.iter().filter(|other| **other != answers[0]).count();
        report.operations += CLICKS;
        report.faults += CLICKS - 1;
        report.wrong += u64::try_from(different).unwrap();
        for table in ["orders", "sandbox_charges"] {
            let effects = number(&rows, &format!("SELECT COUNT(*) FROM {table}")).await;
            report.wrong += u64::from(effects != round);
        }
    }
    rows.close().await.unwrap();
    audit::at_the_end(&place, &acknowledged)
        .await
        .add_to(&mut report);
    assert_eq!(acknowledged.count(), usize::try_from(rounds).unwrap());
    report.file("one checkout posted 50 times at once", place.engine.name());
}
