//! Two server processes on one database share the calls to the outside: each is made once, by either.

use crate::audit::{self, Acknowledged, number};
use crate::process::Serving;
use crate::shopper::{Answer, Browser};
use crate::stage::Stage;
use market::{Market, cart, checkout, random_code};
use model::{CardForm, CheckoutOutcome, Money};
use std::sync::Arc;
use tokio::task::JoinSet;
use trial::payment::Unreachable;
use trial::world::Card;
use trial::{Engine, Place, run};
use trial::{Report, so_many};
use trial_http::functions::guest_checkout;

#[test]
fn two_servers_on_one_database_make_each_call_once() {
    run(Engine::Postgres, each_call_is_made_once);
}

async fn each_call_is_made_once(place: Arc<Place>) {
    let (waiting, bought) = so_many((60, 60), (600, 3_000));
    let market = place.market().await;
    market.migrate().await.unwrap();
    let stage = Stage::set(&market).await;

    let mut report = Report::begin();
    let acknowledged = Acknowledged::default();
    // Calls that nobody could make so far: both servers find them the moment they start.
    let cut_off = market.with_payments(Arc::new(Unreachable("card_wait")));
    for _ in 0..waiting {
        acknowledged.note(check_out(&cut_off, &stage).await, Card::LateAnswer);
    }
    cut_off.close().await.unwrap();

    let servers = tokio::join!(Serving::start(&place), Serving::start(&place));
    let mut shoppers = JoinSet::new();
    for server in [&servers.0, &servers.1] {
        for _ in 0..4 {
            let browser = Browser::at(&server.host).await;
            let (stage, acknowledged) = (stage.clone(), acknowledged.clone());
            shoppers.spawn(async move {
                for number in 0..bought / 8 {
                    // The late answers are fetched by whichever server comes first.
                    let card = if number % 4 == 0 {
                        Card::LateAnswer
                    } else {
                        Card::Pays
                    };
                    match browser.buy(&stage, card).await {
                        Some(Answer::Ordered { secret }) => acknowledged.note(secret, card),
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
    }
    shoppers.join_all().await;
    audit::at_the_end(&place, &acknowledged)
        .await
        .add_to(&mut report);

    report.wrong += servers.0.alarms(&place) + servers.1.alarms(&place);
    let rows = place.rows().await;
    // An answer that was lost twice is asked for three times: in fewer attempts only if two asked in one of them. What
    // nobody could ask for was tried once before.
    let otherwise = number(
        &rows,
        "SELECT COUNT(*) FROM outbox x
         JOIN payments p ON p.order_id = x.subject_id
         WHERE x.attempts <> CASE WHEN p.method = 'card_0341' THEN 3
                                 WHEN p.method = 'card_wait' THEN 2 ELSE 1 END",
    )
    .await;
    let asked = number(&rows, "SELECT COUNT(*) FROM outbox").await;
    let charges = number(&rows, "SELECT COUNT(*) FROM sandbox_charges").await;
    rows.close().await.unwrap();
    report.operations = u64::try_from(asked).unwrap();
    report.faults = u64::try_from(waiting).unwrap();
    report.wrong += u64::try_from(otherwise).unwrap() + asked.abs_diff(charges);
    report.file("two servers share one outbox", place.engine.name());
}

/// Presses pay where the provider can't be reached. Gives the order's secret.
async fn check_out(market: &Market, stage: &Stage) -> String {
    let cart = cart::new(market, None).await.unwrap();
    for maker in &stage.makers {
        cart::add(market, cart, maker.listing, maker.variant, 1)
            .await
            .unwrap();
    }
    let request = guest_checkout(random_code(20), Money(stage.total()));
    let outcome = checkout::place(market, None, cart, request, CardForm::default());
    match outcome.await.unwrap() {
        CheckoutOutcome::Waiting { secret } => secret,
        other => panic!("nobody can have answered: {other:?}"),
    }
}
