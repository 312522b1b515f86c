//! L4: the same key twice has one effect and gives the first answer; with other content it is refused.

use market::{Error, issue, order};
use model::{CancelUnits, CheckoutOutcome, Tokens};
use trial::both_engines;
use trial::world::{Card, SHIPPING, WELCOME, World, secret_of};

both_engines!(
    rule_l4_the_same_issue_twice_issues_once,
    rule_l4_an_issue_key_with_other_content_is_refused,
    rule_l4_the_same_checkout_twice_is_one_order,
    rule_l4_the_same_declined_checkout_twice_gives_the_same_answer,
    rule_l4_the_same_checkout_after_the_second_step_is_the_same_order,
    rule_l4_a_checkout_key_with_other_content_is_refused,
    rule_l4_the_same_cancellation_twice_refunds_once,
);

async fn rule_l4_the_same_issue_twice_issues_once(world: World) {
    let maker = world.store("Kiln & Clay").await;
    for _ in 0..3 {
        let holds = issue(&world.market, &maker.slug, Tokens(500), "a prize", "prize")
            .await
            .unwrap();
        assert_eq!(holds, Tokens(WELCOME + 500));
    }
    assert_eq!(world.wallet(&maker).await, WELCOME + 500);
}

async fn rule_l4_an_issue_key_with_other_content_is_refused(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    issue(&world.market, &maker.slug, Tokens(500), "", "prize")
        .await
        .unwrap();
    for (store, amount) in [(&maker, 501), (&maker, -500), (&other, 500)] {
        let refused = issue(&world.market, &store.slug, Tokens(amount), "", "prize").await;
        assert!(
            matches!(refused, Err(Error::KeyReused(_))),
            "{amount} to {}",
            store.name
        );
    }
    assert_eq!(
        (world.wallet(&maker).await, world.wallet(&other).await),
        (WELCOME + 500, WELCOME)
    );
}

async fn rule_l4_the_same_checkout_twice_is_one_order(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "pressedpaytwice2026").await;

    let first = secret_of(world.send(cart, request.clone(), Card::Pays).await.unwrap());
    // The cart is empty by now; the answer is the first one all the same.
    let second = secret_of(world.send(cart, request, Card::Pays).await.unwrap());

    assert_eq!(first, second);
    assert_eq!(
        (
            world.count("orders").await,
            world.count("sandbox_charges").await
        ),
        (1, 1)
    );
    assert_eq!(
        (world.stock(&mug).await, world.wallet(&reseller).await),
        ((4, 0), WELCOME + 600)
    );
}

async fn rule_l4_the_same_declined_checkout_twice_gives_the_same_answer(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "pressedpaytwicebroke").await;

    let first = world.send(cart, request.clone(), Card::Declined).await;
    let second = world.send(cart, request, Card::Declined).await;

    let first = first.unwrap();
    assert!(
        matches!(first, CheckoutOutcome::Declined { .. }),
        "{first:?}"
    );
    assert_eq!(second.unwrap(), first);
    assert_eq!(world.count("orders").await, 1);
}

async fn rule_l4_the_same_checkout_after_the_second_step_is_the_same_order(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "pressedpayandwentback").await;
    let mut urls = Vec::new();
    for _ in 0..2 {
        match world
            .send(cart, request.clone(), Card::SecondStep)
            .await
            .unwrap()
        {
            CheckoutOutcome::SecondStep { url } => urls.push(url),
            other => panic!("this card asks for a second step: {other:?}"),
        }
    }
    assert_eq!(urls[0], urls[1]);
    assert_eq!(
        (world.count("orders").await, world.stock(&mug).await),
        (1, (6, 2))
    );
}

async fn rule_l4_a_checkout_key_with_other_content_is_refused(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "onekeyfortwocheckouts").await;
    world
        .send(cart, request.clone(), Card::SecondStep)
        .await
        .unwrap();

    let mut other_mail = request.clone();
    other_mail.email = "bob@example.com".into();
    let mut other_address = request.clone();
    other_address.address.line1 = "7 High Street".into();
    let mut other_total = request.clone();
    other_total.seen_total += 1;
    let mut other_lines = request.clone();
    other_lines.seen.push('1');
    for changed in [other_mail, other_address, other_total, other_lines] {
        let refused = world.send(cart, changed, Card::Pays).await;
        assert!(matches!(refused, Err(Error::KeyReused(_))), "{refused:?}");
    }
    let another = world.cart(&[(&reseller, &mug, 2)]).await;
    assert!(matches!(
        world.send(another, request, Card::Pays).await,
        Err(Error::KeyReused(_))
    ));
    assert_eq!(world.count("orders").await, 1);
}

async fn rule_l4_the_same_cancellation_twice_refunds_once(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 2).await;
    let secret = world.buy(&[(&maker, &mug, 3)]).await;
    let line = world.sale(&maker, &secret).await.lines[0].id;
    let ask = |units, restock| CancelUnits {
        units,
        restock,
        key: "cancelledbydoubleclick".into(),
        standing: None,
    };

    for _ in 0..2 {
        let refunded = order::cancel(&world.market, maker.owner, line, ask(1, true))
            .await
            .unwrap();
        assert_eq!(refunded.0, 2_800);
    }
    for (units, restock) in [(2, true), (1, false)] {
        let other = order::cancel(&world.market, maker.owner, line, ask(units, restock)).await;
        assert!(
            matches!(other, Err(Error::KeyReused(_))),
            "{units}, {restock}"
        );
    }

    assert_eq!(
        (world.payable(&maker).await, world.stock(&mug).await),
        (2 * 2_800 + SHIPPING, (4, 0))
    );
    assert_eq!(world.count("sandbox_refunds").await, 1);
}
