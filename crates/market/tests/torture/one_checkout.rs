//! One checkout sent many times at the same moment: one effect, one answer (L4).

use crate::provider::{Call, Fault, Faulty, Line};
use model::CheckoutOutcome;
use tokio::task::JoinSet;
use trial::both_engines;
use trial::world::{Card, WELCOME, World};
use trial::{Report, so_many};

both_engines!(rule_l4_one_checkout_sent_fifty_times_at_once_has_one_effect_and_fifty_equal_answers);

const CLICKS: u64 = 50;

async fn rule_l4_one_checkout_sent_fifty_times_at_once_has_one_effect_and_fifty_equal_answers(
    world: World,
) {
    let rounds = so_many(3_i64, 100);
    let (_, mug, _, reseller) = world.carried(2_800, 2 * rounds, 10, 2 * rounds).await;
    // Two server processes on one database, and a line to the provider on which calls are counted.
    let other = world.with(|_| ()).await;
    let line = Line::bad(Call::Charge, Fault::LostBeforeSend, 0);
    let behind = |world: &World| {
        let provider = world.market.payments().clone();
        world.paying_through(Faulty::new(provider, line.clone()))
    };
    let processes = [behind(&world), behind(&other)];
    let mut report = Report::begin();
    for round in 0..rounds {
        let cart = world.cart(&[(&reseller, &mug, 2)]).await;
        let request = world
            .request(cart, &format!("fiftytimesatonce{round:04}"))
            .await;
        let mut clicks = JoinSet::new();
        for number in 0..CLICKS {
            let process = processes[usize::try_from(number % 2).unwrap()].clone();
            let request = request.clone();
            clicks.spawn(async move { process.send(cart, request, Card::Pays).await });
        }
        let answers = clicks.join_all().await;
        let secret = world
            .text("SELECT secret FROM orders ORDER BY id DESC LIMIT 1")
            .await;
        let same = |answer: &&market::Result<CheckoutOutcome>| matches!(answer, Ok(CheckoutOutcome::Paid { secret: told }) if *told == secret);
        let equal = answers.iter().filter(same).count();
        for answer in answers.iter().filter(|answer| !same(answer)) {
            println!("round {round}: {answer:?}");
        }
        report.operations += CLICKS;
        report.faults += CLICKS - 1;
        report.wrong += CLICKS - u64::try_from(equal).unwrap();
        let effects = (
            world.count("orders").await,
            world.count("sandbox_charges").await,
            world.stock(&mug).await,
            world.wallet(&reseller).await,
        );
        let sold = 2 * (round + 1);
        let one = (
            round + 1,
            round + 1,
            (2 * rounds - sold, 0),
            WELCOME + 10 * sold,
        );
        report.wrong += u64::from(effects != one);
    }
    // Whoever does not have the turn waits for the one who has, and asks nobody.
    report.wrong += u64::from(i64::from(line.asked()) != rounds);
    other.market.close().await.unwrap();
    report.file("one checkout sent 50 times at once", world.engine().name());
}
