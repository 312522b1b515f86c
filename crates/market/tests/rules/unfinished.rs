//! A charge always ends: in an order, or with the money on its way back, whatever the rows are like.

use model::{CheckoutOutcome, OrderState, ReleaseReason};
use trial::both_engines;
use trial::world::{Card, Product, Store, World};

both_engines!(
    rule_c4_an_order_that_cant_be_finished_is_refunded_in_full,
    rule_c4_a_late_payment_that_cant_be_finished_is_refunded_in_full,
    rule_c4_the_money_does_not_wait_for_a_hold_that_cant_be_given_back,
    rule_c3_a_hold_that_cant_be_given_back_does_not_keep_the_others,
);

/// A reseller's mug of a maker whose stock no sum can hold, beside an honest maker's bowl.
async fn two_makers(world: &World) -> (Store, Product, Store, Product) {
    let maker = world.store("Kiln & Clay").await;
    let mugs = [("S", 2_800, 10), ("M", 2_900, 10)];
    let mug = world.product_in_variants(&maker, "Mug", &mugs).await;
    let other = world.store("Loom Street").await;
    let bowl = world.product(&other, "Bowl", 3_000, 5).await;
    (maker, mug, other, bowl)
}

const BREAK: &str = "UPDATE variants SET on_hand = 9223372036854775800 WHERE product_id = 1";
const MEND: &str = "UPDATE variants SET on_hand = received WHERE product_id = 1";

async fn assert_all_goes_back(world: &World, secret: &str) {
    let order = world.order(secret).await;
    assert_eq!(order.state, OrderState::Released);
    assert_eq!(order.released, Some(ReleaseReason::Unfinished));
    assert_eq!(order.refunded, order.total);
    assert!(!order.not_charged, "the provider has the money");
    world.tick().await;
    let back = world
        .number("SELECT SUM(amount) FROM sandbox_refunds")
        .await;
    assert_eq!(back, order.total.0);
    let open = world.count("outbox WHERE done_at IS NULL").await;
    assert_eq!(open, 0, "nothing is tried again for ever");
    let why = world
        .text("SELECT last_error FROM outbox WHERE kind = 'charge'")
        .await;
    assert!(!why.is_empty(), "why it could not be finished is kept");
}

async fn rule_c4_an_order_that_cant_be_finished_is_refunded_in_full(world: World) {
    let (maker, mug, other, bowl) = two_makers(&world).await;
    let hold = world.hold(&[(&maker, &mug, 1), (&other, &bowl, 1)]).await;
    world.without_bounds().await;
    world.execute(BREAK).await.unwrap();

    let outcome = world.approve(&hold).await;

    assert!(
        matches!(outcome, CheckoutOutcome::Paid { .. }),
        "{outcome:?}"
    );
    assert_all_goes_back(&world, &hold.secret).await;
    world.execute(MEND).await.unwrap();
    world.assert_sound().await;
    assert_eq!(world.number("SELECT SUM(held) FROM variants").await, 0);
    world.pay(hold.cart, Card::Pays).await.unwrap();
}

async fn rule_c4_a_late_payment_that_cant_be_finished_is_refunded_in_full(world: World) {
    let (maker, mug, other, bowl) = two_makers(&world).await;
    let hold = world.hold(&[(&maker, &mug, 1), (&other, &bowl, 1)]).await;
    world.tell_bank(&hold, true).await;
    world.wait_minutes(16);
    world.without_bounds().await;
    world.execute(BREAK).await.unwrap();

    // Nobody comes back: the market ends it by itself.
    world.tick().await;

    assert_all_goes_back(&world, &hold.secret).await;
    world.execute(MEND).await.unwrap();
}

async fn rule_c4_the_money_does_not_wait_for_a_hold_that_cant_be_given_back(world: World) {
    let (maker, mug, other, bowl) = two_makers(&world).await;
    let hold = world.hold(&[(&maker, &mug, 2), (&other, &bowl, 1)]).await;
    world
        .execute("UPDATE variants SET held = 1 WHERE id = 1")
        .await
        .unwrap();

    world.approve(&hold).await;

    assert_all_goes_back(&world, &hold.secret).await;
    // What stays behind is for whoever damaged the rows to mend.
    world.execute("UPDATE variants SET held = 0").await.unwrap();
}

async fn rule_c3_a_hold_that_cant_be_given_back_does_not_keep_the_others(world: World) {
    let (maker, mug, other, bowl) = two_makers(&world).await;
    let broken = world.hold(&[(&maker, &mug, 2)]).await;
    let sound = world.hold(&[(&other, &bowl, 1)]).await;
    world
        .execute("UPDATE variants SET held = 1 WHERE id = 1")
        .await
        .unwrap();
    world.wait_minutes(16);

    world.tick().await;

    assert_eq!(world.order(&broken.secret).await.state, OrderState::Held);
    assert_eq!(world.order(&sound.secret).await.state, OrderState::Released);
    world
        .execute("UPDATE variants SET held = 2 WHERE id = 1")
        .await
        .unwrap();
    world.tick().await;
}
