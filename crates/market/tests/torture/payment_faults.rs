//! What the line to the payment provider can do to a checkout, a refund and a charge that is given up: in the end the
//! provider's books are the ledger's (C4, C6).

use crate::provider::{Call, Fault, Faulty, Line};
use model::{CheckoutOutcome, OrderState, ReleaseReason};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use trial::both_engines;
use trial::world::{Card, Product, Store, World, secret_of};
use trial::{Report, so_many};

both_engines!(
    rule_c4_a_call_that_is_lost_before_it_is_sent,
    rule_c4_an_answer_that_is_lost_after_the_provider_accepted,
    rule_c4_a_provider_that_has_too_many_requests,
    rule_c4_a_provider_that_replays_its_own_fault,
    rule_c4_an_answer_that_comes_after_the_hold_has_ended,
    rule_c4_a_crash_between_the_call_and_the_commit,
    rule_c4_somebody_who_hangs_up_while_the_provider_is_asked,
    rule_c4_a_call_that_never_arrives_and_a_shopper_who_never_returns,
    rule_c4_two_answers_at_the_same_moment,
);

async fn rule_c4_a_call_that_is_lost_before_it_is_sent(world: World) {
    let report = asked_again(&world, Fault::LostBeforeSend, 1).await;
    report.file("payments: lost before send", world.engine().name());
}

async fn rule_c4_an_answer_that_is_lost_after_the_provider_accepted(world: World) {
    let report = asked_again(&world, Fault::LostAfterAccept, 1).await;
    report.file("payments: lost after accept", world.engine().name());
}

async fn rule_c4_a_provider_that_has_too_many_requests(world: World) {
    let report = asked_again(&world, Fault::TooManyRequests, 3).await;
    report.file("payments: 429", world.engine().name());
}

async fn rule_c4_a_provider_that_replays_its_own_fault(world: World) {
    let report = asked_again(&world, Fault::ErrorReplayed, 3).await;
    report.file("payments: 500 replayed", world.engine().name());
}

/// A shop that never runs out, and what it sold.
struct Shop {
    world: World,
    maker: Store,
    reseller: Store,
    mug: Product,
    paid: Vec<String>,
    report: Report,
}

impl Shop {
    async fn open(world: &World) -> Shop {
        let (maker, mug, _, reseller) = world.carried(2_800, 1_000, 5, 1_000).await;
        Shop {
            world: world.clone(),
            maker,
            reseller,
            mug,
            paid: Vec::new(),
            report: Report::begin(),
        }
    }

    fn behind(&self, line: &Arc<Line>) -> World {
        let provider = self.world.market.payments().clone();
        self.world
            .paying_through(Faulty::new(provider, line.clone()))
    }

    /// Two units in a cart, one from each shelf.
    async fn cart(&self) -> model::CartId {
        self.world
            .cart(&[(&self.reseller, &self.mug, 1), (&self.maker, &self.mug, 1)])
            .await
    }

    fn expect(&mut self, right: bool, what: &str) {
        if !right {
            println!("{what}");
            self.report.wrong += 1;
        }
    }

    async fn expect_given_up(&mut self, first: &str) {
        let given_up = self.world.order(first).await.state == OrderState::Released;
        self.expect(given_up, "the first attempt is given up");
    }

    /// Waits until the answer was heard that leaves none of these rows, and counts it as wrong when it never is.
    async fn is_heard(&mut self, rows: &str) {
        let heard = async {
            while self.world.count(rows).await > 0 {
                sleep(Duration::from_millis(2)).await;
            }
        };
        let heard = timeout(Duration::from_secs(10), heard).await;
        self.expect(heard.is_ok(), "nobody heard the answer");
    }

    /// Time passes and the jobs run until nothing is left to be told to the provider; then the books are compared.
    async fn close(mut self) -> Report {
        for _ in 0..12 {
            if self.world.count("outbox WHERE done_at IS NULL").await == 0 {
                break;
            }
            self.world.wait_minutes(16);
            self.world.tick().await;
        }
        for secret in &self.paid {
            let order = self.world.order(secret).await;
            self.report.lost += u64::from(order.state != OrderState::Paid);
        }
        let waiting = self.world.count("outbox WHERE done_at IS NULL").await;
        self.expect(waiting == 0, "the provider was not told everything");
        let provider = self
            .world
            .number(
                "SELECT (SELECT COALESCE(SUM(amount), 0) FROM sandbox_charges WHERE state = 'paid') \
                 - (SELECT COALESCE(SUM(amount), 0) FROM sandbox_refunds)",
            )
            .await;
        let ledger = self
            .world
            .number(
                "SELECT COALESCE(SUM(CASE WHEN debit = 'payments' THEN amount ELSE -amount END), 0) FROM transfers \
                 WHERE debit = 'payments' OR credit = 'payments'",
            )
            .await;
        self.expect(
            provider == ledger,
            &format!("the provider has {provider}, the ledger {ledger}"),
        );
        self.world.assert_sound().await;
        self.report
    }
}

fn rounds() -> u64 {
    so_many(4, 100)
}

/// A purchase, a second attempt that gives the first up, and a refund, each of whose calls meets the fault so often.
async fn asked_again(world: &World, fault: Fault, times: u32) -> Report {
    let mut shop = Shop::open(world).await;
    for round in 0..rounds() {
        buy_through(&mut shop, fault, times, round).await;
        give_up_through(&mut shop, fault, times).await;
        refund_through(&mut shop, fault, times).await;
        shop.report.operations += 3;
        shop.report.faults += 3 * u64::from(times);
    }
    shop.close().await
}

async fn buy_through(shop: &mut Shop, fault: Fault, times: u32, round: u64) {
    let line = Line::bad(Call::Charge, fault, times);
    let behind = shop.behind(&line);
    let cart = shop.cart().await;
    let secret = match behind.pay(cart, Card::Pays).await {
        Ok(CheckoutOutcome::Waiting { secret }) => secret,
        other => panic!("there was no answer to give: {other:?}"),
    };
    for _ in 1..times {
        let waits = matches!(
            behind.come_back(&secret).await,
            CheckoutOutcome::Waiting { .. }
        );
        shop.expect(waits, "no answer is no outcome");
    }
    if round.is_multiple_of(2) {
        let paid = matches!(
            behind.come_back(&secret).await,
            CheckoutOutcome::Paid { .. }
        );
        shop.expect(paid, "she came back, and it is paid");
    } else {
        // She does not come back; a job asks.
        shop.world.wait_minutes(5);
        behind.tick().await;
        let paid = shop.world.order(&secret).await.state == OrderState::Paid;
        shop.expect(paid, "the job asked, and it is paid");
    }
    shop.paid.push(secret);
}

/// A checkout whose bank wants a second step is given up for a new one.
async fn give_up_through(shop: &mut Shop, fault: Fault, times: u32) {
    let line = Line::bad(Call::Cancel, fault, times);
    let behind = shop.behind(&line);
    let hold = shop.world.hold(&[(&shop.reseller, &shop.mug, 1)]).await;
    for _ in 0..times {
        let answer = behind.pay(hold.cart, Card::Pays).await;
        let open = matches!(
            answer,
            Err(market::Error::Refused(market::Refusal::PaymentOpen))
        );
        shop.expect(open, "nobody knows yet whether the first attempt is paid");
    }
    let secret = secret_of(behind.pay(hold.cart, Card::Pays).await.unwrap());
    shop.expect(
        secret != hold.secret,
        "the second attempt is an order of its own",
    );
    shop.expect_given_up(&hold.secret).await;
    shop.paid.push(secret);
}

async fn refund_through(shop: &mut Shop, fault: Fault, times: u32) {
    let line = Line::bad(Call::Refund, fault, times);
    let behind = shop.behind(&line);
    let secret = shop.world.buy(&[(&shop.maker, &shop.mug, 2)]).await;
    behind.cancel(&shop.maker, &secret, 1, true).await.unwrap();
    let due = shop.world.count("refunds WHERE state = 'due'").await;
    shop.expect(due == 1, "a refund without an answer is still due");
    for _ in 0..times {
        shop.world.wait_minutes(2);
        behind.tick().await;
    }
    let due = shop.world.count("refunds WHERE state = 'due'").await;
    shop.expect(due == 0, "the job told the provider");
    shop.paid.push(secret);
}

async fn rule_c4_an_answer_that_comes_after_the_hold_has_ended(world: World) {
    let mut shop = Shop::open(&world).await;
    for round in 0..rounds() {
        let bowl = world
            .product(&shop.maker, &format!("Bowl {round}"), 3_100, 1)
            .await;
        let cart = world.cart(&[(&shop.maker, &bowl, 1)]).await;
        let line = Line::bad(Call::Charge, Fault::Slow, 1);
        let behind = shop.behind(&line);
        let paying = tokio::spawn(async move { behind.pay(cart, Card::Pays).await });
        line.carried_out().await;
        world.wait_minutes(16);
        match round % 3 {
            // Somebody else takes the bowl; her visit gives the ended hold back.
            0 => shop.paid.push(world.buy(&[(&shop.maker, &bowl, 1)]).await),
            // A job gives the hold back and asks the provider itself.
            1 => world.tick().await,
            // Nobody came by.
            _ => {}
        }
        line.let_go();
        let secret = secret_of(paying.await.unwrap().unwrap());
        world.tick().await;
        world.tick().await;
        let order = world.order(&secret).await;
        if round % 3 == 0 {
            let back = world
                .count("refunds WHERE state = 'done' AND order_line_id IS NULL")
                .await;
            let expected = i64::try_from(round / 3 + 1).unwrap();
            shop.expect(
                order.state == OrderState::Released,
                "the bowl is somebody else's",
            );
            shop.expect(back == expected, "her money went back");
        } else {
            shop.paid.push(secret);
        }
        shop.report.operations += 1;
        shop.report.faults += 1;
    }
    shop.close().await.file(
        "payments: answer after the hold ended",
        world.engine().name(),
    );
}

async fn rule_c4_a_crash_between_the_call_and_the_commit(world: World) {
    let mut shop = Shop::open(&world).await;
    for _ in 0..rounds() {
        crash_in_charge(&mut shop).await;
        crash_in_cancel(&mut shop).await;
        crash_in_refund(&mut shop).await;
        shop.report.operations += 3;
        shop.report.faults += 3;
    }
    shop.close().await.file(
        "payments: crash between call and commit",
        world.engine().name(),
    );
}

async fn crash_in_charge(shop: &mut Shop) {
    let line = Line::bad(Call::Charge, Fault::Crash, 1);
    let behind = shop.behind(&line);
    let cart = shop.cart().await;
    let key = market::random_code(20);
    let request = shop.world.request(cart, &key).await;
    let again = request.clone();
    crashed(behind.send(cart, request, Card::Pays).await);
    // Its turn at the provider ends with time; then whoever comes next finishes it.
    shop.world.wait_minutes(1);
    let secret = secret_of(shop.world.send(cart, again, Card::Pays).await.unwrap());
    shop.paid.push(secret);
}

async fn crash_in_cancel(shop: &mut Shop) {
    let line = Line::bad(Call::Cancel, Fault::Crash, 1);
    let behind = shop.behind(&line);
    let hold = shop.world.hold(&[(&shop.reseller, &shop.mug, 1)]).await;
    let cart = hold.cart;
    crashed(behind.pay(cart, Card::Pays).await);
    let secret = secret_of(shop.world.pay(cart, Card::Pays).await.unwrap());
    shop.expect_given_up(&hold.secret).await;
    shop.paid.push(secret);
}

async fn crash_in_refund(shop: &mut Shop) {
    let line = Line::bad(Call::Refund, Fault::Crash, 1);
    let behind = shop.behind(&line);
    let secret = shop.world.buy(&[(&shop.maker, &shop.mug, 2)]).await;
    crashed(behind.cancel(&shop.maker, &secret, 1, false).await);
    shop.world.wait_minutes(1);
    shop.world.tick().await;
    let due = shop.world.count("refunds WHERE state = 'due'").await;
    shop.expect(due == 0, "the job told the provider again");
    shop.paid.push(secret);
}

fn crashed<T: std::fmt::Debug>(answer: Result<T, market::Error>) {
    let answer = answer.unwrap_err();
    assert!(matches!(answer, market::Error::Stopped(_)), "{answer:?}");
}

/// The answer is heard all the same, and at once: no time passes here, so no turn at the provider is over.
async fn rule_c4_somebody_who_hangs_up_while_the_provider_is_asked(world: World) {
    let mut shop = Shop::open(&world).await;
    for _ in 0..rounds() {
        hang_up_in_charge(&mut shop).await;
        hang_up_in_cancel(&mut shop).await;
        hang_up_in_refund(&mut shop).await;
        shop.report.operations += 3;
        shop.report.faults += 3;
    }
    shop.close().await.file(
        "payments: nobody waits for the answer",
        world.engine().name(),
    );
}

async fn hang_up_in_charge(shop: &mut Shop) {
    let line = Line::bad(Call::Charge, Fault::Slow, 1);
    let behind = shop.behind(&line);
    let cart = shop.cart().await;
    let request = shop.world.request(cart, &market::random_code(20)).await;
    let again = request.clone();
    let paying = tokio::spawn(async move { behind.send(cart, request, Card::Pays).await });
    hang_up(paying, &line).await;
    shop.is_heard("orders WHERE state = 'held'").await;
    let secret = secret_of(shop.world.send(cart, again, Card::Pays).await.unwrap());
    shop.paid.push(secret);
}

async fn hang_up_in_cancel(shop: &mut Shop) {
    let line = Line::bad(Call::Cancel, Fault::Slow, 1);
    let behind = shop.behind(&line);
    let hold = shop.world.hold(&[(&shop.reseller, &shop.mug, 1)]).await;
    let paying = tokio::spawn(async move { behind.pay(hold.cart, Card::Pays).await });
    hang_up(paying, &line).await;
    // The first attempt is given up, and the second goes on by itself until it has emptied the cart.
    shop.is_heard("cart_lines").await;
    shop.expect_given_up(&hold.secret).await;
}

async fn hang_up_in_refund(shop: &mut Shop) {
    let line = Line::bad(Call::Refund, Fault::Slow, 1);
    let behind = shop.behind(&line);
    let secret = shop.world.buy(&[(&shop.maker, &shop.mug, 2)]).await;
    let (maker, order) = (shop.maker.clone(), secret.clone());
    let refunding = tokio::spawn(async move { behind.cancel(&maker, &order, 1, false).await });
    hang_up(refunding, &line).await;
    shop.is_heard("refunds WHERE state = 'due'").await;
    shop.paid.push(secret);
}

/// While the provider thinks, whoever asked goes away; then it answers.
async fn hang_up<T: std::fmt::Debug>(asking: JoinHandle<T>, line: &Line) {
    line.carried_out().await;
    asking.abort();
    asking.await.unwrap_err();
    line.let_go();
}

async fn rule_c4_a_call_that_never_arrives_and_a_shopper_who_never_returns(world: World) {
    let mut shop = Shop::open(&world).await;
    let before = world.stock(&shop.mug).await;
    for _ in 0..rounds() {
        let line = Line::bad(Call::Charge, Fault::LostBeforeSend, 1);
        let behind = shop.behind(&line);
        let cart = shop.cart().await;
        let waits = matches!(
            behind.pay(cart, Card::Pays).await,
            Ok(CheckoutOutcome::Waiting { .. })
        );
        shop.expect(waits, "no answer is no outcome");
        world.wait_minutes(16);
        behind.tick().await;
        shop.report.operations += 1;
        shop.report.faults += 1;
    }
    let rounds = i64::try_from(rounds()).unwrap();
    let released = format!(
        "orders WHERE state = 'released' AND release_reason = '{}'",
        ReleaseReason::Expired
    );
    let cancelled = "sandbox_charges WHERE state = 'cancelled'";
    let ended = (world.count(&released).await, world.count(cancelled).await);
    shop.expect(
        ended == (rounds, rounds),
        "each hold ended, and its charge never will be",
    );
    let after = world.stock(&shop.mug).await;
    shop.expect(before == after, "the stock is back");
    shop.close()
        .await
        .file("payments: lost, and nobody returns", world.engine().name());
}

async fn rule_c4_two_answers_at_the_same_moment(world: World) {
    let mut shop = Shop::open(&world).await;
    for _ in 0..rounds() {
        let hold = world
            .hold(&[(&shop.reseller, &shop.mug, 1), (&shop.maker, &shop.mug, 1)])
            .await;
        world.tell_bank(&hold, true).await;
        let mut answers = Vec::new();
        for _ in 0..2 {
            let line = Line::bad(Call::Charge, Fault::Slow, 1);
            let (behind, secret) = (shop.behind(&line), hold.secret.clone());
            let visit = tokio::spawn(async move { behind.come_back(&secret).await });
            line.carried_out().await;
            // The turn of whoever asked is over before the answer comes, so that another asks too.
            world.wait_minutes(1);
            answers.push((line, visit));
        }
        for (line, _) in &answers {
            line.let_go();
        }
        for (_, visit) in answers {
            let paid = matches!(visit.await.unwrap(), CheckoutOutcome::Paid { .. });
            shop.expect(paid, "both are told that it is paid");
        }
        shop.paid.push(hold.secret);
        shop.report.operations += 1;
        shop.report.faults += 1;
    }
    let orders = world.count("orders").await;
    let sales = world.count("transfers WHERE kind = 'sale'").await;
    shop.expect(orders == sales, "each order is finished once");
    shop.close()
        .await
        .file("payments: two answers at once", world.engine().name());
}
