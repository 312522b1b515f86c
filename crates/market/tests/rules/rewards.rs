//! R5, R6, R8, R9: who is rewarded for a sale, and with what.

use market::{Error, cart};
use model::{CartChange, Money, RewardOutcome, Seen, TransferKind};
use trial::both_engines;
use trial::world::{Card, SHIPPING, WELCOME, World, secret_of};

both_engines!(
    rule_r5_a_sale_moves_each_covered_units_tokens_to_the_reseller,
    rule_r5_a_unit_is_rewarded_once_whatever_is_repeated,
    rule_r6_her_own_shelf_moves_no_tokens,
    rule_r6_a_resellers_own_purchase_earns_nothing,
    rule_r8_a_line_from_before_sells_unrewarded_and_says_why,
    rule_r8_partial_coverage_rewards_the_covered_units,
    rule_r9_the_listing_on_the_line_decides_who_earns,
    rule_r9_the_price_is_the_makers_on_every_shelf,
);

async fn outcome(world: &World, maker: &trial::world::Store, secret: &str) -> (RewardOutcome, i64) {
    let line = &world.sale(maker, secret).await.lines[0];
    (line.reward_outcome, line.reward.0)
}

async fn rule_r5_a_sale_moves_each_covered_units_tokens_to_the_reseller(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;

    let secret = world.buy(&[(&reseller, &mug, 2)]).await;

    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
    assert_eq!(
        (
            world.escrow(offer).await,
            world.open_units(&maker, offer).await
        ),
        (600, 2)
    );
    assert_eq!(world.stock(&mug).await, (4, 0));
    assert_eq!(
        outcome(&world, &maker, &secret).await,
        (RewardOutcome::Paid, 600)
    );
}

async fn rule_r5_a_unit_is_rewarded_once_whatever_is_repeated(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;

    world.tell_bank(&hold, true).await;
    world.tell_bank(&hold, true).await;
    for _ in 0..3 {
        world.come_back(&hold.secret).await;
        world.tick().await;
        world.wait_minutes(20);
    }
    // Even a worker who believes that nobody has answered yet.
    world
        .execute("UPDATE outbox SET done_at = NULL, taken_until = 0, due_at = 0")
        .await
        .unwrap();
    world.tick().await;

    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
    let rewards = format!("transfers WHERE kind = '{}'", TransferKind::Reward);
    assert_eq!(world.count(&rewards).await, 1);
    assert_eq!(world.count("transfers WHERE kind = 'sale'").await, 1);
}

async fn rule_r6_her_own_shelf_moves_no_tokens(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let tokens = "transfers WHERE asset = 'token'";
    let before = world.count(tokens).await;

    let secret = world.buy(&[(&maker, &mug, 2)]).await;

    assert_eq!(world.count(tokens).await, before);
    assert_eq!(
        (world.escrow(offer).await, world.wallet(&reseller).await),
        (1_200, WELCOME)
    );
    assert_eq!(
        outcome(&world, &maker, &secret).await,
        (RewardOutcome::OwnShelf, 0)
    );
}

async fn rule_r6_a_resellers_own_purchase_earns_nothing(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;

    let secret = world
        .buy_as(reseller.account(), &[(&reseller, &mug, 2)])
        .await;

    assert_eq!(world.wallet(&reseller).await, WELCOME);
    assert_eq!(
        (world.wallet(&maker).await, world.escrow(offer).await),
        (WELCOME - 600, 600)
    );
    assert_eq!(
        outcome(&world, &maker, &secret).await,
        (RewardOutcome::OwnPurchase, 0)
    );
    // Somebody else's purchase from the same shelf does earn.
    world.buy_as(maker.account(), &[(&reseller, &mug, 1)]).await;
    assert_eq!(world.wallet(&reseller).await, WELCOME + 300);
}

async fn rule_r8_a_line_from_before_sells_unrewarded_and_says_why(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 2).await;
    let cart = world.cart(&[(&reseller, &mug, 1)]).await;

    world.revoke(&maker, offer).await.unwrap();
    let secret = secret_of(world.pay(cart, Card::Pays).await.unwrap());

    assert_eq!(world.wallet(&reseller).await, WELCOME);
    let (why, reward) = outcome(&world, &maker, &secret).await;
    assert_eq!((why, reward), (RewardOutcome::NotCovered, 0));
    assert!(why.sentence().contains("no open offer covered it"));
    let told = world.unrewarded(&reseller).await;
    assert_eq!(
        told,
        [(RewardOutcome::NotCovered, 1)],
        "the reseller is told why"
    );
}

async fn rule_r8_partial_coverage_rewards_the_covered_units(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 2).await;

    let secret = world.buy(&[(&reseller, &mug, 5)]).await;

    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
    assert_eq!(
        outcome(&world, &maker, &secret).await,
        (RewardOutcome::PaidInPart, 600)
    );
    assert_eq!(
        world.unrewarded(&reseller).await,
        [(RewardOutcome::PaidInPart, 3)]
    );
    assert_eq!(world.escrow(offer).await, 0);
    assert_eq!(
        world.payable(&maker).await,
        5 * 2_800 + SHIPPING,
        "the maker is paid for all of them"
    );
}

async fn rule_r9_the_listing_on_the_line_decides_who_earns(world: World) {
    let (maker, mug, _, first) = world.carried(2_800, 9, 300, 9).await;
    let second = world.store("Fern & Fallow").await;
    world.shelf(&second, &mug).await;

    world
        .buy(&[(&first, &mug, 1), (&second, &mug, 2), (&maker, &mug, 3)])
        .await;

    assert_eq!(world.wallet(&first).await, WELCOME + 300);
    assert_eq!(world.wallet(&second).await, WELCOME + 600);
    assert_eq!(
        world.wallet(&maker).await,
        WELCOME - 9 * 300 + 3 * 300,
        "three units left by another way"
    );
}

async fn rule_r9_the_price_is_the_makers_on_every_shelf(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 1)]).await;
    let seen = world.request(cart, "seenbeforethepricechanged").await;

    world.set_price(&maker, &mug, 3_100).await.unwrap();

    for shelf in [&maker, &reseller] {
        let page = world.page(shelf, &mug, None).await.unwrap();
        assert_eq!(page.variants[0].price, Money(3_100));
    }
    let view = cart::view(&world.market, cart).await.unwrap();
    assert_eq!(view.total, Money(3_100 + SHIPPING));
    // Nobody pays a price she has not seen.
    let refused = world.send(cart, seen, Card::Pays).await;
    let line = |price| {
        Some(Seen {
            units: 1,
            price: Money(price),
        })
    };
    let dearer = CartChange::Line {
        title: "Mug".into(),
        was: line(2_800),
        now: line(3_100),
    };
    assert!(matches!(refused, Err(Error::Changed(changes)) if changes == [dearer]));
}
