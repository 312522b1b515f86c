//! The last units of a product, wanted by many at the same moment through several stores (C2, R5, R7).

use market::Error;
use model::{CartId, CheckoutOutcome};
use tokio::task::JoinSet;
use trial::both_engines;
use trial::world::{Card, Product, Store, WELCOME, World};
use trial::{Report, so_many};

both_engines!(
    rule_c2_the_last_unit_is_sold_and_rewarded_once,
    rule_c2_the_last_ten_units_are_sold_and_rewarded_once_each,
    rule_c2_baskets_that_cross_are_all_sold,
);

const RESELLERS: usize = 5;
const RATE: i64 = 7;

async fn rule_c2_the_last_unit_is_sold_and_rewarded_once(world: World) {
    last_units(&world, 1)
        .await
        .file("last unit: stock 1", world.engine().name());
}

async fn rule_c2_the_last_ten_units_are_sold_and_rewarded_once_each(world: World) {
    last_units(&world, 10)
        .await
        .file("last unit: stock 10", world.engine().name());
}

/// So many rounds of so many buyers for `stock` units. Who comes too late keeps her cart and tries again in the next.
async fn last_units(world: &World, stock: i64) -> Report {
    let (rounds, buyers) = so_many((2_i64, 60_usize), (100, 200));
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, stock).await;
    world.offer(&maker, &mug, RATE, stock).await;
    let mut resellers = Vec::new();
    for number in 1..=RESELLERS {
        let reseller = world.store(&format!("Corner Books {number}")).await;
        world.shelf(&reseller, &mug).await;
        resellers.push(reseller);
    }
    let mut carts = Vec::new();
    for shelf in resellers.iter().cycle().take(buyers) {
        carts.push((world.cart(&[(shelf, &mug, 1)]).await, shelf));
    }
    let mut report = Report::begin();
    for round in 1..=rounds {
        if round > 1 {
            world.set_stock(&maker, &mug, stock).await.unwrap();
            world.offer(&maker, &mug, RATE, stock).await;
            for (cart, shelf) in &carts {
                refill(world, *cart, shelf, &mug).await;
            }
        }
        let mut tries = JoinSet::new();
        for (cart, _) in &carts {
            let (world, cart) = (world.clone(), *cart);
            tries.spawn(async move { world.pay(cart, Card::Pays).await });
        }
        let mut paid = 0;
        for answer in tries.join_all().await {
            match answer {
                Ok(CheckoutOutcome::Paid { .. }) => paid += 1,
                Err(Error::Short(lines)) if lines[0].left < lines[0].wanted => {}
                other => {
                    println!("round {round}: neither bought nor too late: {other:?}");
                    report.wrong += 1;
                }
            }
        }
        report.operations += u64::try_from(buyers).unwrap();
        report.faults += 1;
        let mut rewarded = 0;
        for reseller in &resellers {
            rewarded += world.wallet(reseller).await - WELCOME;
        }
        let sold = world
            .number("SELECT COALESCE(SUM(units), 0) FROM order_lines")
            .await;
        let books = (paid, world.stock(&mug).await, rewarded, sold);
        let right = (stock, (0, 0), RATE * stock * round, stock * round);
        if books != right {
            println!("round {round}: {books:?} instead of {right:?}");
            report.wrong += 1;
        }
    }
    report
}

/// Puts the unit back into a cart that was paid for in the last round.
async fn refill(world: &World, cart: CartId, shelf: &Store, mug: &Product) {
    let lines = world
        .count(&format!("cart_lines WHERE cart_id = {cart}"))
        .await;
    if lines == 0 {
        world.add(cart, (shelf, mug, 1)).await.unwrap();
    }
}

async fn rule_c2_baskets_that_cross_are_all_sold(world: World) {
    let baskets = so_many(60_i64, 2_000);
    let (maker, reseller) = (
        world.store("Kiln & Clay").await,
        world.store("Corner Books").await,
    );
    let mug = world.product(&maker, "Mug", 2_800, baskets).await;
    let bowl = world.product(&reseller, "Bowl", 3_200, baskets).await;
    world.offer(&maker, &mug, 3, baskets).await;
    world.offer(&reseller, &bowl, 3, baskets).await;
    world.shelf(&reseller, &mug).await;
    world.shelf(&maker, &bowl).await;
    // Two server processes on one database.
    let other = world.with(|_| ()).await;
    let mut carts = Vec::new();
    for number in 0..baskets {
        let mut lines = [(&reseller, &mug, 1), (&maker, &bowl, 1)];
        if number % 2 == 0 {
            lines.reverse();
        }
        let process = if number % 4 < 2 { &world } else { &other };
        carts.push((process.clone(), world.cart(&lines).await));
    }
    let mut report = Report::begin();
    let mut shoppers = JoinSet::new();
    for (process, cart) in carts {
        shoppers.spawn(async move { process.pay(cart, Card::Pays).await });
    }
    for answer in shoppers.join_all().await {
        report.operations += 1;
        report.faults += 1;
        // Two thousand at once keep the sandbox's books busy for longer than a charge may take; her page asks again.
        let answer = match answer {
            Ok(CheckoutOutcome::Waiting { secret }) => Ok(world.come_back(&secret).await),
            answered => answered,
        };
        if !matches!(answer, Ok(CheckoutOutcome::Paid { .. })) {
            println!("not sold: {answer:?}");
            report.wrong += 1;
        }
    }
    let left = (world.stock(&mug).await, world.stock(&bowl).await);
    report.wrong += u64::from(left != ((0, 0), (0, 0)));
    other.market.close().await.unwrap();
    report.file("last unit: baskets that cross", world.engine().name());
}
