//! The rules when many people act at the same moment.

use market::{Error, Refusal, issue, order, random_code, verify};
use model::{CancelUnits, CheckoutOutcome, OrderState, Tokens};
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use trial::both_engines;
use trial::world::{Card, WELCOME, World};

both_engines!(
    rule_c2_the_last_unit_goes_to_one_of_twenty,
    rule_c2_carts_that_cross_never_wait_for_each_other_in_a_circle,
    rule_l4_one_checkout_key_twenty_times_at_once_is_one_order,
    rule_c4_one_cart_paid_ten_times_at_once_is_paid_once,
    rule_l4_one_issue_key_twenty_times_at_once_issues_once,
    rule_c1_twenty_additions_to_a_cart_at_once_are_all_in_it,
    rule_r1_twenty_offers_at_once_open_one,
    rule_r3_paying_and_revoking_at_once_keep_the_promise,
    rule_r5_ten_answers_at_once_reward_once,
    rule_c4_paying_and_expiring_at_once_end_in_one_of_both,
    rule_c6_ten_cancellations_at_once_cancel_no_more_than_was_bought,
    rule_r4_selling_and_correcting_stock_at_once_keep_coverage_within_the_stock,
    rule_l1_a_client_who_hangs_up_cuts_no_transaction_in_half,
    the_audit_sees_one_moment_while_people_trade,
);

async fn rule_c2_the_last_unit_goes_to_one_of_twenty(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 1, 300, 1).await;
    let mut carts = Vec::new();
    for shelf in [&maker, &reseller].into_iter().cycle().take(20) {
        carts.push(world.cart(&[(shelf, &mug, 1)]).await);
    }
    let mut buyers = JoinSet::new();
    for cart in carts {
        let world = world.clone();
        buyers.spawn(async move { world.pay(cart, Card::Pays).await });
    }

    let (mut paid, mut short) = (0, 0);
    for outcome in buyers.join_all().await {
        match outcome {
            Ok(CheckoutOutcome::Paid { .. }) => paid += 1,
            Err(Error::Short(lines)) if lines[0].left == 0 => short += 1,
            other => panic!("neither bought nor too late: {other:?}"),
        }
    }

    assert_eq!((paid, short), (1, 19));
    assert_eq!(
        (
            world.stock(&mug).await,
            world.count("sandbox_charges").await
        ),
        ((0, 0), 1)
    );
}

async fn rule_c2_carts_that_cross_never_wait_for_each_other_in_a_circle(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 40, 50, 40).await;
    let bowl = world.product(&reseller, "Bowl", 3_200, 40).await;
    world.offer(&reseller, &bowl, 50, 40).await;
    world.shelf(&maker, &bowl).await;
    let mut buyers = JoinSet::new();
    for number in 0..20 {
        let mut lines = [(&reseller, &mug, 1), (&maker, &bowl, 1)];
        if number % 2 == 0 {
            lines.reverse();
        }
        let cart = world.cart(&lines).await;
        let world = world.clone();
        buyers.spawn(async move { world.pay(cart, Card::Pays).await });
    }

    for outcome in buyers.join_all().await {
        assert!(
            matches!(outcome, Ok(CheckoutOutcome::Paid { .. })),
            "{outcome:?}"
        );
    }

    assert_eq!(
        (world.stock(&mug).await, world.stock(&bowl).await),
        ((20, 0), (20, 0))
    );
    assert_eq!(world.wallet(&maker).await, WELCOME - 40 * 50 + 20 * 50);
}

async fn rule_l4_one_checkout_key_twenty_times_at_once_is_one_order(world: World) {
    // Just enough for one: whoever comes second must be told of the first, not that it is sold out.
    let (_, mug, _, reseller) = world.carried(2_800, 2, 300, 2).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "twentytimesatonce2026").await;
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let (world, request) = (world.clone(), request.clone());
        clicks.spawn(async move { world.send(cart, request, Card::Pays).await });
    }

    for outcome in clicks.join_all().await {
        let same = matches!(
            outcome,
            Ok(CheckoutOutcome::Paid { .. } | CheckoutOutcome::Waiting { .. })
        );
        assert!(same, "{outcome:?}");
    }

    let again = world.send(cart, request, Card::Pays).await;
    assert!(matches!(again, Ok(CheckoutOutcome::Paid { .. })));
    assert_eq!(
        (
            world.count("orders").await,
            world.count("sandbox_charges").await
        ),
        (1, 1)
    );
    assert_eq!(
        (world.stock(&mug).await, world.wallet(&reseller).await),
        ((0, 0), WELCOME + 600)
    );
}

async fn rule_c4_one_cart_paid_ten_times_at_once_is_paid_once(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 30, 300, 30).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let mut tabs = JoinSet::new();
    for tab in 0..10 {
        let request = world.request(cart, &format!("tentabsofonecart{tab}")).await;
        let world = world.clone();
        tabs.spawn(async move { world.send(cart, request, Card::Pays).await });
    }
    for outcome in tabs.join_all().await {
        // An attempt may have been given up for that of another tab.
        let right = matches!(
            outcome,
            Ok(_) | Err(Error::Refused(Refusal::PaymentOpen | Refusal::CartEmpty))
        );
        assert!(right, "{outcome:?}");
    }
    world.wait_minutes(1);
    world.tick().await;

    let paid = "sandbox_charges WHERE state = 'paid'";
    assert_eq!(
        (
            world.count(paid).await,
            world.count("orders WHERE state = 'paid'").await
        ),
        (1, 1)
    );
    assert_eq!(
        (world.stock(&mug).await, world.wallet(&reseller).await),
        ((28, 0), WELCOME + 600)
    );
}

async fn rule_l4_one_issue_key_twenty_times_at_once_issues_once(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let (market, slug) = (world.market.clone(), maker.slug.clone());
        clicks.spawn(async move { issue(&market, &slug, Tokens(500), "", "prize").await });
    }
    for holds in clicks.join_all().await {
        assert_eq!(holds.unwrap(), Tokens(WELCOME + 500));
    }
}

async fn rule_c1_twenty_additions_to_a_cart_at_once_are_all_in_it(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 40).await;
    let cart = world.cart(&[]).await;
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let (world, maker, mug) = (world.clone(), maker.clone(), mug.clone());
        clicks.spawn(async move { world.add(cart, (&maker, &mug, 1)).await });
    }
    for added in clicks.join_all().await {
        added.unwrap();
    }
    let twenty = format!("cart_lines WHERE cart_id = {cart} AND units = 20");
    assert_eq!(world.count(&twenty).await, 1);
}

async fn rule_r1_twenty_offers_at_once_open_one(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 9).await;
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let (world, maker, mug) = (world.clone(), maker.clone(), mug.clone());
        clicks.spawn(async move { world.try_offer(&maker, &mug, 100, 9).await });
    }
    let opened = clicks
        .join_all()
        .await
        .into_iter()
        .filter(Result::is_ok)
        .count();
    assert_eq!((opened, world.wallet(&maker).await), (1, WELCOME - 900));
}

async fn rule_r3_paying_and_revoking_at_once_keep_the_promise(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let mug = world.product(&maker, "Mug", 2_800, 99).await;
    for round in 1..=20 {
        let offer = world.offer(&maker, &mug, 100, 3).await;
        world.shelf(&reseller, &mug).await;
        let hold = world.hold(&[(&reseller, &mug, 1)]).await;

        let (paid, back) = tokio::join!(world.approve(&hold), world.revoke(&maker, offer));

        assert!(matches!(paid, CheckoutOutcome::Paid { .. }));
        assert_eq!(back.unwrap(), 200);
        assert_eq!(world.wallet(&reseller).await, WELCOME + 100 * round);
        assert_eq!(world.wallet(&maker).await, WELCOME - 100 * round);
        assert_eq!(world.pool().await, 0);
    }
}

async fn rule_r5_ten_answers_at_once_reward_once(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    world.tell_bank(&hold, true).await;
    let mut visits = JoinSet::new();
    for number in 0..10 {
        let (world, secret) = (world.clone(), hold.secret.clone());
        visits.spawn(async move {
            if number % 3 == 0 {
                world.tick().await;
            } else {
                world.come_back(&secret).await;
            }
        });
    }
    visits.join_all().await;
    world.come_back(&hold.secret).await;

    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
    assert_eq!(
        (
            world.count("transfers WHERE kind = 'sale'").await,
            world.stock(&mug).await
        ),
        (1, (4, 0))
    );
}

async fn rule_c4_paying_and_expiring_at_once_end_in_one_of_both(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 99, 100, 99).await;
    for _ in 0..20 {
        let hold = world.hold(&[(&reseller, &mug, 1)]).await;
        world.wait_minutes(16);
        let give_back = World::tick;

        tokio::join!(world.approve(&hold), give_back(&world));

        world.come_back(&hold.secret).await;
        let order = world.order(&hold.secret).await;
        let charged = world
            .text("SELECT state FROM sandbox_charges ORDER BY created_at DESC LIMIT 1")
            .await;
        match order.state {
            OrderState::Paid => assert_eq!(charged, "paid"),
            OrderState::Released => assert_eq!(charged, "cancelled"),
            OrderState::Held => panic!("neither paid nor given back"),
        }
    }
}

async fn rule_c6_ten_cancellations_at_once_cancel_no_more_than_was_bought(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 40, 100, 4).await;
    for _ in 0..5 {
        let secret = world.buy(&[(&maker, &mug, 4)]).await;
        let line = world.sale(&maker, &secret).await.lines[0].id;
        let mut clicks = JoinSet::new();
        for _ in 0..10 {
            let (market, owner) = (world.market.clone(), maker.owner);
            let ask = CancelUnits {
                units: 1,
                restock: true,
                key: random_code(20),
                standing: None,
            };
            clicks.spawn(async move { order::cancel(&market, owner, line, ask).await });
        }
        let mut cancelled = 0;
        for outcome in clicks.join_all().await {
            match outcome {
                Ok(_) => cancelled += 1,
                Err(Error::Refused(Refusal::CancelTooMany { left: 0 })) => {}
                other => panic!("neither cancelled nor too late: {other:?}"),
            }
        }
        assert_eq!((cancelled, world.stock(&mug).await), (4, (40, 0)));
    }
}

async fn rule_r4_selling_and_correcting_stock_at_once_keep_coverage_within_the_stock(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 10, 10, 10).await;
    for _ in 0..20 {
        world.set_stock(&maker, &mug, 10).await.unwrap();
        if world.open_units(&maker, offer).await > 0 {
            world.change(&maker, offer, 10, 10).await.unwrap();
        }
        let own = world.cart(&[(&maker, &mug, 2)]).await;
        let resold = world.cart(&[(&maker, &mug, 1)]).await;

        let (bought, also, stock, terms) = tokio::join!(
            world.pay(own, Card::Pays),
            world.pay(resold, Card::Pays),
            world.set_stock(&maker, &mug, 6),
            world.change(&maker, offer, 11, 8),
        );

        assert!(
            matches!(bought, Ok(CheckoutOutcome::Paid { .. })),
            "{bought:?}"
        );
        assert!(matches!(also, Ok(CheckoutOutcome::Paid { .. })), "{also:?}");
        assert!(
            matches!(
                stock,
                Ok(()) | Err(Error::Refused(Refusal::StockOnHold { .. }))
            ),
            "{stock:?}"
        );
        assert!(
            matches!(
                terms,
                Ok(()) | Err(Error::Refused(Refusal::Quote(_) | Refusal::NoOffer))
            ),
            "{terms:?}"
        );
        world.assert_sound().await;
    }
    assert_eq!(world.wallet(&reseller).await, WELCOME);
}

async fn rule_l1_a_client_who_hangs_up_cuts_no_transaction_in_half(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;

    // Begun, and left by whoever waited for it, as when a browser is closed.
    let mut offering = Box::pin(world.try_offer(&maker, &mug, 300, 4));
    let answer = poll_fn(|context| Poll::Ready(offering.as_mut().poll(context))).await;
    assert!(answer.is_pending());
    drop(offering);

    let whole = async {
        while !world.is_in_marketplace(&mug).await {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), whole).await.unwrap();
    assert_eq!(world.wallet(&maker).await, WELCOME - 1_200);
}

async fn the_audit_sees_one_moment_while_people_trade(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 60, 100, 60).await;
    let mut trade = JoinSet::new();
    for _ in 0..4 {
        let (world, maker, mug, reseller) =
            (world.clone(), maker.clone(), mug.clone(), reseller.clone());
        trade.spawn(async move {
            for _ in 0..5 {
                world.buy(&[(&reseller, &mug, 1), (&maker, &mug, 1)]).await;
                let hold = world.hold(&[(&reseller, &mug, 1)]).await;
                world.approve(&hold).await;
            }
        });
    }
    let mut audits = 0;
    while !trade.is_empty() {
        let report = verify::run(&world.market).await.unwrap();
        assert!(report.is_sound(), "{report:#?}");
        audits += 1;
        while let Some(done) = trade.try_join_next() {
            done.unwrap();
        }
    }
    assert!(audits > 1);
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((0, 0), 0)
    );
}
