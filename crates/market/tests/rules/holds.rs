//! C2, C3: stock and coverage are set aside for all lines or none, for a limited time.

use market::{Error, cart};
use model::{CartProblem, OrderState, ReleaseReason, Shortage};
use trial::both_engines;
use trial::world::{Card, WELCOME, World};

both_engines!(
    rule_c2_a_hold_sets_stock_and_coverage_aside,
    rule_c2_units_of_one_variant_are_summed_over_all_stores,
    rule_c2_one_short_line_holds_nothing_and_keeps_the_cart,
    rule_c2_every_short_line_is_named_with_what_is_left,
    rule_c3_a_hold_lasts_fifteen_minutes,
    rule_c3_how_long_a_hold_lasts_is_a_setting,
    rule_c3_an_expired_hold_gives_everything_back_by_a_sweep,
    rule_c3_an_expired_hold_gives_back_when_somebody_needs_the_stock,
);

async fn rule_c2_a_hold_sets_stock_and_coverage_aside(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;

    let hold = world.hold(&[(&reseller, &mug, 3), (&maker, &mug, 2)]).await;

    assert_eq!(world.order(&hold.secret).await.state, OrderState::Held);
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((6, 5), 1)
    );
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (300, 1_200)
    );
    let page = world.page(&maker, &mug, None).await.unwrap();
    assert_eq!(page.variants[0].available, 1);
    assert_eq!(
        (world.payable(&maker).await, world.wallet(&reseller).await),
        (0, WELCOME)
    );
}

async fn rule_c2_units_of_one_variant_are_summed_over_all_stores(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 3, 300, 3).await;
    let cart = world.cart(&[(&maker, &mug, 2), (&reseller, &mug, 2)]).await;
    let view = cart::view(&world.market, cart).await.unwrap();
    assert!(!view.can_check_out());
    assert!(view.groups[0].lines.iter().all(|line| line.problem
        == Some(CartProblem::Short {
            left: 3,
            elsewhere: 2
        })));

    let short = world.pay(cart, Card::Pays).await;

    let named = Shortage {
        variant: mug.variants[0],
        title: "Mug".into(),
        wanted: 4,
        left: 3,
    };
    assert!(matches!(short, Err(Error::Short(lines)) if lines == [named]));
    assert_eq!(
        (
            world.stock(&mug).await,
            cart::units(&world.market, cart).await.unwrap()
        ),
        ((3, 0), 4)
    );
}

async fn rule_c2_one_short_line_holds_nothing_and_keeps_the_cart(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let notebook = world.product(&reseller, "Notebook", 900, 2).await;
    let cart = world
        .cart(&[(&reseller, &mug, 2), (&reseller, &notebook, 2)])
        .await;
    world.buy(&[(&reseller, &notebook, 1)]).await;
    let transfers = world.count("transfers").await;

    let short = world.pay(cart, Card::Pays).await;

    assert!(matches!(short, Err(Error::Short(lines)) if lines.len() == 1 && lines[0].left == 1));
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((6, 0), 4)
    );
    assert_eq!(
        (world.count("transfers").await, world.count("orders").await),
        (transfers, 1)
    );
    assert_eq!(cart::units(&world.market, cart).await.unwrap(), 4);
}

async fn rule_c2_every_short_line_is_named_with_what_is_left(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    let bowl = world
        .product_in_variants(&maker, "Bowl", &[("Small", 3_000, 2), ("Large", 4_000, 2)])
        .await;
    let plate = world.product(&maker, "Plate", 2_000, 5).await;
    let cart = world
        .cart(&[(&maker, &mug, 3), (&maker, &bowl, 2), (&maker, &plate, 1)])
        .await;
    world.buy(&[(&maker, &mug, 3), (&maker, &bowl, 1)]).await;

    let Err(Error::Short(short)) = world.pay(cart, Card::Pays).await else {
        panic!("two lines are short")
    };

    let said: Vec<_> = short.iter().map(Shortage::sentence).collect();
    assert_eq!(
        said,
        [
            "“Mug” has just sold out.",
            "“Bowl, Small”: only 1 is left, and your cart has 2."
        ]
    );
}

async fn rule_c3_a_hold_lasts_fifteen_minutes(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;

    world.wait_minutes(14);
    world.tick().await;
    assert_eq!(
        (
            world.order(&hold.secret).await.state,
            world.stock(&mug).await
        ),
        (OrderState::Held, (6, 2))
    );

    world.wait_minutes(1);
    world.tick().await;
    assert_eq!(
        (
            world.order(&hold.secret).await.state,
            world.stock(&mug).await
        ),
        (OrderState::Released, (6, 0))
    );
}

async fn rule_c3_how_long_a_hold_lasts_is_a_setting(world: World) {
    let world = world.with(|settings| settings.hold_minutes = 3).await;
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&maker, &mug, 2)]).await;
    world.wait_minutes(3);
    world.tick().await;
    assert_eq!(world.order(&hold.secret).await.state, OrderState::Released);
}

async fn rule_c3_an_expired_hold_gives_everything_back_by_a_sweep(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 3)]).await;

    world.wait_minutes(15);
    world.tick().await;

    let order = world.order(&hold.secret).await;
    assert_eq!(
        (order.state, order.released),
        (OrderState::Released, Some(ReleaseReason::Expired))
    );
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((6, 0), 4)
    );
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (1_200, 1_200)
    );
    assert_eq!(cart::units(&world.market, hold.cart).await.unwrap(), 3);
}

async fn rule_c3_an_expired_hold_gives_back_when_somebody_needs_the_stock(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 1, 300, 1).await;
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;
    let early = cart::new(&world.market, None).await.unwrap();
    assert!(
        world.add(early, (&maker, &mug, 1)).await.is_err(),
        "it is on hold"
    );

    // No sweep comes in between.
    world.wait_minutes(15);
    world.buy(&[(&maker, &mug, 1)]).await;

    assert_eq!(world.order(&hold.secret).await.state, OrderState::Released);
    assert_eq!(world.stock(&mug).await, (0, 0));
}
