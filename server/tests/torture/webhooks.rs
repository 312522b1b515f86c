//! The payment provider's messages: repeated, in every order, too early, forged.

use crate::audit::{self, Acknowledged, number};
use crate::shopper::{Answer, Browser, answer};
use crate::stage::Stage;
use market::payment::sandbox::{SIGNATURE, answer_challenge};
use market::payment::{Secret, sign};
use model::Timestamp;
use reqwest::{Method, StatusCode};
use sea_orm::DatabaseConnection;
use std::sync::Arc;
use tokio::task::JoinSet;
use trial::world::Card;
use trial::{Place, both_engines};
use trial::{Report, so_many};
use trial_http::running::Running;

both_engines!(
    messages_in_any_order_and_number_end_in_the_same_books,
    messages_before_our_own_commit_do_no_harm,
    a_message_is_believed_no_more_than_the_provider_itself,
    a_forged_message_does_nothing,
);

const SECRET: &str = "what only the provider and we know";
const OTHER_SECRET: &str = "what somebody else made up for this";

/// What a provider says of one charge, in the order in which it happens.
const KINDS: [&str; 4] = [
    "charge.asked",
    "charge.second_step",
    "charge.paid",
    "charge.settled",
];

/// How often each message comes.
const TIMES: usize = 5;

/// A server that takes messages, and what there is to buy.
struct Shop {
    server: Running,
    stage: Stage,
    rows: DatabaseConnection,
}

impl Shop {
    async fn open(place: &Place) -> Shop {
        let settings = [
            ("database_url", place.url.as_str()),
            ("rate_limits", "off"),
            ("webhook_secret", SECRET),
        ];
        let server = Running::with(&settings).await;
        let stage = Stage::set(&server.market).await;
        Shop {
            server,
            stage,
            rows: place.rows().await,
        }
    }

    /// Somebody pays with a card whose bank wants a second step. Gives the charge's key and the bank's code.
    async fn second_step(&self) -> (String, String) {
        let stranger = Browser::at(&self.server.host()).await;
        let answer = stranger.buy(&self.stage, Card::SecondStep).await;
        let Some(Answer::SecondStep { code }) = answer else {
            panic!("this card asks for a second step: {answer:?}");
        };
        (self.charge(0).await, code)
    }

    /// The key of the latest order's charge, or of one so many orders later.
    async fn charge(&self, later: i64) -> String {
        let id = number(&self.rows, "SELECT COALESCE(MAX(id), 0) FROM orders").await;
        format!("charge:order:{}", id + later)
    }

    /// Sends a message as the provider would, with this signature.
    async fn deliver(&self, body: &str, signature: &str) -> StatusCode {
        self.server
            .request(Method::POST, "/webhooks/payments")
            .header(SIGNATURE, signature)
            .body(body.to_owned())
            .send()
            .await
            .unwrap()
            .status()
    }

    /// The provider tells something about a charge.
    async fn tell(&self, kind: &str, charge: &str) -> StatusCode {
        let body = message(kind, charge);
        let signature = sign(&secret(SECRET), self.server.market.now(), body.as_bytes());
        self.deliver(&body, &signature).await
    }

    async fn count(&self, rows: &str) -> i64 {
        number(&self.rows, &format!("SELECT COUNT(*) FROM {rows}")).await
    }

    /// What the books come to: stock, holds, balances, orders by state.
    async fn books(&self) -> Vec<i64> {
        let mut books = Vec::new();
        for sum in [
            "SELECT SUM(on_hand) FROM variants",
            "SELECT SUM(held) FROM variants",
            "SELECT SUM(balance) FROM ledger_accounts WHERE code LIKE 'wallet:%'",
            "SELECT SUM(balance) FROM ledger_accounts WHERE code LIKE 'payable:%'",
            "SELECT COUNT(*) FROM orders WHERE state = 'paid'",
            "SELECT COUNT(*) FROM transfers",
        ] {
            books.push(number(&self.rows, sum).await);
        }
        books
    }

    async fn close(self, place: &Place, test: &str, mut report: Report) {
        self.rows.close().await.unwrap();
        audit::at_the_end(place, &Acknowledged::default())
            .await
            .add_to(&mut report);
        report.file(test, place.engine.name());
    }
}

fn message(kind: &str, charge: &str) -> String {
    serde_json::json!({ "kind": kind, "charge": charge }).to_string()
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

/// All orders of so many things.
fn orders_of(things: usize) -> Vec<Vec<usize>> {
    if things == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders_of(things - 1);
    shorter
        .iter()
        .flat_map(|order| {
            (0..things).map(|at| {
                let mut order = order.clone();
                order.insert(at, things - 1);
                order
            })
        })
        .collect()
}

async fn messages_in_any_order_and_number_end_in_the_same_books(place: Arc<Place>) {
    let mut report = Report::begin();
    let shop = Shop::open(&place).await;
    let mut changes = Vec::new();
    let orders = orders_of(KINDS.len());
    for order in orders.iter().cycle().take(so_many(24, 240)) {
        let before = shop.books().await;
        let (charge, code) = shop.second_step().await;
        // The shopper never comes back from her bank: only the messages tell that she paid.
        answer_challenge(&shop.server.market, &code, true)
            .await
            .unwrap();
        for kind in order {
            for _ in 0..TIMES {
                report.operations += 1;
                let status = shop.tell(KINDS[*kind], &charge).await;
                report.wrong += u64::from(status != StatusCode::NO_CONTENT);
            }
        }
        report.faults += 1;
        let after = shop.books().await;
        changes.push(
            after
                .iter()
                .zip(&before)
                .map(|(a, b)| a - b)
                .collect::<Vec<_>>(),
        );
    }
    let different = changes
        .iter()
        .filter(|change| **change != changes[0])
        .count();
    report.wrong += u64::try_from(different).unwrap();
    let unpaid = shop.count("orders WHERE state <> 'paid'").await;
    report.lost += u64::try_from(unpaid).unwrap();
    shop.close(&place, "webhooks: five times each, in every order", report)
        .await;
}

async fn messages_before_our_own_commit_do_no_harm(place: Arc<Place>) {
    let mut report = Report::begin();
    let shop = Arc::new(Shop::open(&place).await);
    let stranger = Browser::at(&shop.server.host()).await;
    for _ in 0..so_many(10, 100) {
        let mut shopper = stranger.stranger();
        assert!(shopper.fill_cart(&shop.stage).await);
        // The charge of an order that is not there yet.
        let charge = shop.charge(1).await;
        let status = shop.tell("charge.paid", &charge).await;
        report.wrong += u64::from(status != StatusCode::NO_CONTENT);
        let pay = shopper.pay(&shop.stage, Card::Pays, &market::random_code(20));
        let paying = tokio::spawn(async move { answer(pay.send().await.unwrap()).await });
        let mut messages = JoinSet::new();
        for _ in 0..TIMES {
            let (shop, charge) = (shop.clone(), charge.clone());
            messages.spawn(async move { shop.tell("charge.paid", &charge).await });
        }
        for status in messages.join_all().await {
            report.wrong += u64::from(status != StatusCode::NO_CONTENT);
        }
        let paid = matches!(paying.await.unwrap(), Answer::Ordered { .. });
        report.wrong += u64::from(!paid);
        report.operations += 2 + u64::try_from(TIMES).unwrap();
        report.faults += 1 + u64::try_from(TIMES).unwrap();
    }
    let charges = shop.count("sandbox_charges").await;
    report.wrong += charges.abs_diff(so_many(10, 100));
    let shop = Arc::into_inner(shop).unwrap();
    shop.close(&place, "webhooks: before our own commit", report)
        .await;
}

async fn a_message_is_believed_no_more_than_the_provider_itself(place: Arc<Place>) {
    let mut report = Report::begin();
    let shop = Shop::open(&place).await;
    let (charge, code) = shop.second_step().await;
    for kind in KINDS {
        report.operations += 1;
        report.faults += 1;
        let status = shop.tell(kind, &charge).await;
        report.wrong += u64::from(status != StatusCode::NO_CONTENT);
        let paid = shop.count("orders WHERE state = 'paid'").await;
        report.wrong += u64::from(paid != 0);
    }
    // Nobody has ever asked for these.
    for unknown in [
        "charge:order:999999",
        "refund:1",
        "",
        "'; DROP TABLE orders",
    ] {
        report.operations += 1;
        report.faults += 1;
        let status = shop.tell("charge.paid", unknown).await;
        report.wrong += u64::from(status != StatusCode::NO_CONTENT);
    }
    answer_challenge(&shop.server.market, &code, false)
        .await
        .unwrap();
    shop.tell("charge.paid", &charge).await;
    let released = shop.count("orders WHERE state = 'released'").await;
    report.wrong += u64::from(released != 1);
    shop.close(
        &place,
        "webhooks: signed, but not what the provider's books say",
        report,
    )
    .await;
}

async fn a_forged_message_does_nothing(place: Arc<Place>) {
    let mut report = Report::begin();
    let shop = Shop::open(&place).await;
    // A message that was accepted would finish this order.
    let (charge, code) = shop.second_step().await;
    answer_challenge(&shop.server.market, &code, true)
        .await
        .unwrap();
    let body = message("charge.paid", &charge);
    let now = shop.server.market.now();
    let at = |minutes: i64| Timestamp(now.0 + minutes * 60_000);
    let signed = |text: &str, moment: Timestamp| sign(&secret(text), moment, body.as_bytes());
    let good = signed(SECRET, now);
    let old = signed(SECRET, at(-10));
    let (seconds, hash) = good.split_once(',').unwrap();
    let (_, old_hash) = old.split_once(',').unwrap();
    let longer = format!("{body} ");
    let forgeries = [
        (&body, signed(OTHER_SECRET, now)),
        (&body, old.clone()),
        (&body, signed(SECRET, at(10))),
        (&body, format!("{seconds},{old_hash}")),
        (&body, format!("t={},{hash}", now.0 / 1000 + 1)),
        (&body, format!("{seconds},{}", &hash[..hash.len() - 2])),
        (&body, format!("{seconds},v1=")),
        (&body, String::new()),
        (&body, good.replace("v1", "v0")),
        (&longer, good.clone()),
    ];
    for (body, signature) in forgeries {
        report.operations += 1;
        report.faults += 1;
        let status = shop.deliver(body, &signature).await;
        report.wrong += u64::from(status != StatusCode::BAD_REQUEST);
        let held = shop.count("orders WHERE state = 'held'").await;
        report.wrong += u64::from(held != 1);
    }
    // The right one is taken.
    report.operations += 1;
    let status = shop.deliver(&body, &good).await;
    report.wrong += u64::from(status != StatusCode::NO_CONTENT);
    shop.close(&place, "webhooks: forged", report).await;
}
