//! C1, C4, C5: one checkout, the money and the order, what the maker is owed.

use market::{Error, Refusal, cart};
use model::{CheckoutOutcome, Money, OrderState, ReleaseReason};
use trial::both_engines;
use trial::payment::Unreachable;
use trial::world::{Card, SHIPPING, WELCOME, World, secret_of};

both_engines!(
    rule_c1_one_cart_and_one_payment_over_all_stores,
    rule_c1_shipping_is_by_parcel_and_free_from_the_makers_threshold,
    rule_c1_logging_in_brings_the_guests_cart_and_nobody_elses,
    rule_c4_a_paid_order_is_finished_once,
    rule_c4_declined_gives_the_hold_back_and_keeps_the_cart,
    rule_c4_a_refused_second_step_is_declined,
    rule_c4_a_card_that_is_none_holds_nothing,
    rule_c4_a_lost_answer_is_asked_for_until_it_comes,
    rule_c4_paid_after_the_hold_expired_holds_again,
    rule_c4_approved_after_the_sweep_holds_again,
    rule_c4_paid_when_nothing_is_left_refunds_in_full,
    rule_c4_money_is_asked_for_only_while_a_hold_exists,
    rule_c4_a_second_step_can_not_be_approved_once_it_was_given_up,
    rule_c4_pressing_pay_again_gives_the_first_attempt_up,
    rule_c4_pressing_pay_again_after_approving_buys_once,
    rule_c4_nobody_pays_again_while_it_is_not_known_what_became_of_the_first,
    rule_c5_a_reseller_costs_the_maker_nothing,
    rule_c5_terms_are_frozen_at_the_hold,
    rule_c4_what_she_pays_for_anew_is_not_bought_by_the_first_attempt_too,
);

async fn rule_c1_one_cart_and_one_payment_over_all_stores(world: World) {
    let (potter, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let notebook = world.product(&reseller, "Notebook", 900, 5).await;

    let secret = world
        .buy(&[
            (&reseller, &mug, 2),
            (&potter, &mug, 1),
            (&reseller, &notebook, 1),
        ])
        .await;

    let order = world.order(&secret).await;
    assert_eq!(
        (order.items, order.shipping),
        (Money(3 * 2_800 + 900), Money(2 * SHIPPING))
    );
    let parcels: Vec<_> = order
        .parcels
        .iter()
        .map(|p| (p.maker_name.as_str(), p.lines.len(), p.shipping.0))
        .collect();
    assert_eq!(parcels.len(), 2);
    assert!(parcels.contains(&("Kiln & Clay", 2, SHIPPING)));
    assert!(parcels.contains(&("Corner Books", 1, SHIPPING)));
    assert_eq!(world.count("payments").await, 1);
    assert_eq!(
        world.number("SELECT amount FROM sandbox_charges").await,
        order.total.0
    );
    assert_eq!(world.payable(&potter).await, 3 * 2_800 + SHIPPING);
    assert_eq!(world.payable(&reseller).await, 900 + SHIPPING);
}

async fn rule_c1_logging_in_brings_the_guests_cart_and_nobody_elses(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let [ann, bob] = [world.store("Ann").await, world.store("Bob").await].map(|s| s.account());
    let guest = world.cart(&[(&reseller, &mug, 2)]).await;

    let anns = cart::of_account(&world.market, ann, Some(guest))
        .await
        .unwrap();

    let anns = anns.unwrap();
    assert_eq!(cart::units(&world.market, anns).await.unwrap(), 2);
    assert_eq!(cart::units(&world.market, guest).await.unwrap(), 0);
    // Bob logs in where Ann is still logged in.
    let bobs = cart::of_account(&world.market, bob, Some(anns))
        .await
        .unwrap();
    assert_eq!(bobs, None);
    assert_eq!(cart::units(&world.market, anns).await.unwrap(), 2);
}

async fn rule_c1_shipping_is_by_parcel_and_free_from_the_makers_threshold(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;
    world
        .execute("UPDATE stores SET free_shipping_from = 5600")
        .await
        .unwrap();

    let one = world.cart(&[(&maker, &mug, 1)]).await;
    let two = world.cart(&[(&maker, &mug, 2)]).await;

    let shipping = |view: model::CartView| (view.shipping.0, view.groups[0].free_shipping_from);
    let one = cart::view(&world.market, one).await.unwrap();
    assert_eq!(shipping(one), (SHIPPING, Some(Money(5_600))));
    assert_eq!(
        shipping(cart::view(&world.market, two).await.unwrap()),
        (0, None)
    );
    let paid = secret_of(world.pay(two, Card::Pays).await.unwrap());
    assert_eq!(world.order(&paid).await.total, Money(5_600));
}

async fn rule_c4_a_paid_order_is_finished_once(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&maker, &mug, 2)]).await;

    let secret = secret_of(world.pay(cart, Card::Pays).await.unwrap());
    world.come_back(&secret).await;
    world.tick().await;

    assert_eq!(world.order(&secret).await.state, OrderState::Paid);
    assert_eq!(
        (world.stock(&mug).await, world.payable(&maker).await),
        ((4, 0), 2 * 2_800 + SHIPPING)
    );
    assert_eq!(
        cart::units(&world.market, cart).await.unwrap(),
        0,
        "what was bought left the cart"
    );
}

async fn rule_c4_declined_gives_the_hold_back_and_keeps_the_cart(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;

    let outcome = world.pay(cart, Card::Declined).await.unwrap();

    assert!(matches!(outcome, CheckoutOutcome::Declined { reason } if reason.contains("declined")));
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((6, 0), 4)
    );
    assert_eq!(
        (world.escrow(offer).await, world.payable(&maker).await),
        (1_200, 0)
    );
    assert_eq!(cart::units(&world.market, cart).await.unwrap(), 2);
    // The same cart, another card.
    let secret = secret_of(world.pay(cart, Card::Pays).await.unwrap());
    assert_eq!(world.order(&secret).await.state, OrderState::Paid);
    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
}

async fn rule_c4_a_refused_second_step_is_declined(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    assert_eq!(world.stock(&mug).await, (6, 2));

    world.tell_bank(&hold, false).await;
    let outcome = world.come_back(&hold.secret).await;

    assert!(matches!(outcome, CheckoutOutcome::Declined { .. }));
    let order = world.order(&hold.secret).await;
    assert_eq!(
        (order.state, order.released),
        (OrderState::Released, Some(ReleaseReason::Declined))
    );
    assert!(order.declined_because.is_some());
    assert_eq!(
        (
            world.stock(&mug).await,
            cart::units(&world.market, hold.cart).await.unwrap()
        ),
        ((6, 0), 2)
    );
}

async fn rule_c4_a_card_that_is_none_holds_nothing(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let request = world.request(cart, "notacardatall2026").await;
    let mut card = Card::Pays.form();
    card.card_number = "4111111111111111".into();

    let refused = market::checkout::place(&world.market, None, cart, request, card).await;

    assert!(matches!(
        refused,
        Err(Error::Refused(Refusal::CardRefused(_)))
    ));
    assert_eq!(
        (world.count("orders").await, world.stock(&mug).await),
        (0, (6, 0))
    );
}

async fn rule_c4_a_lost_answer_is_asked_for_until_it_comes(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.hold_without_answer(&[(&reseller, &mug, 2)]).await;
    assert_eq!(world.order(&secret).await.state, OrderState::Held);

    for _ in 0..2 {
        world.wait_minutes(1);
        world.tick().await;
    }

    assert_eq!(world.order(&secret).await.state, OrderState::Paid);
    assert_eq!(world.count("sandbox_charges").await, 1);
    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
}

async fn rule_c4_paid_after_the_hold_expired_holds_again(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.hold_without_answer(&[(&reseller, &mug, 2)]).await;

    world.wait_minutes(16);
    world.tick().await;

    let order = world.order(&secret).await;
    assert_eq!(
        (order.state, order.released, order.refunded),
        (OrderState::Paid, None, Money::ZERO)
    );
    assert_eq!(
        (
            world.stock(&mug).await,
            world.open_units(&maker, offer).await
        ),
        ((4, 0), 2)
    );
    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
}

async fn rule_c4_approved_after_the_sweep_holds_again(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    world.wait_minutes(16);
    world.tell_bank(&hold, true).await;
    world.revoke(&maker, offer).await.unwrap();
    // Somebody wants more than is left beside the hold, so it is given back; she buys less in the end.
    world.cart(&[(&maker, &mug, 5)]).await;
    world.buy(&[(&maker, &mug, 4)]).await;
    assert_eq!(world.order(&hold.secret).await.state, OrderState::Released);

    let outcome = world.come_back(&hold.secret).await;

    assert_eq!(secret_of(outcome), hold.secret);
    assert_eq!(world.order(&hold.secret).await.state, OrderState::Paid);
    assert_eq!(world.stock(&mug).await, (0, 0));
    assert_eq!(
        world.wallet(&reseller).await,
        WELCOME,
        "no offer was open when it was held again"
    );
}

async fn rule_c4_paid_when_nothing_is_left_refunds_in_full(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 2, 300, 2).await;
    let secret = world.hold_without_answer(&[(&reseller, &mug, 2)]).await;
    world.wait_minutes(16);
    world.buy(&[(&maker, &mug, 1)]).await;

    world.tick().await;
    world.tick().await;

    let order = world.order(&secret).await;
    assert_eq!(
        (order.state, order.refunded),
        (OrderState::Released, order.total)
    );
    assert_eq!(
        world
            .number("SELECT SUM(amount) FROM sandbox_refunds")
            .await,
        order.total.0
    );
    assert_eq!(world.count("refunds WHERE state = 'done'").await, 1);
    assert_eq!(
        (world.payable(&maker).await, world.wallet(&reseller).await),
        (2_800 + SHIPPING, WELCOME)
    );
    assert_eq!(world.stock(&mug).await, (1, 0));
}

async fn rule_c4_money_is_asked_for_only_while_a_hold_exists(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let outcome = world
        .paying_through(Unreachable("card_4242"))
        .pay(cart, Card::Pays)
        .await
        .unwrap();
    let CheckoutOutcome::Waiting { secret } = outcome else {
        panic!("nobody answered: {outcome:?}")
    };

    // The provider is back only after the hold is over.
    world.wait_minutes(16);
    world.tick().await;

    let order = world.order(&secret).await;
    assert_eq!(
        (order.state, order.released),
        (OrderState::Released, Some(ReleaseReason::Expired))
    );
    assert_eq!(world.count("sandbox_charges WHERE state = 'paid'").await, 0);
    assert!(matches!(
        world.come_back(&secret).await,
        CheckoutOutcome::Declined { .. }
    ));
    assert_eq!(
        (
            world.stock(&mug).await,
            cart::units(&world.market, cart).await.unwrap()
        ),
        ((6, 0), 2)
    );
}

async fn rule_c4_a_second_step_can_not_be_approved_once_it_was_given_up(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    world.wait_minutes(16);
    world.tick().await;

    let outcome = world.approve(&hold).await;

    assert!(matches!(outcome, CheckoutOutcome::Declined { .. }));
    assert_eq!(world.count("sandbox_charges WHERE state = 'paid'").await, 0);
    assert_eq!(world.order(&hold.secret).await.state, OrderState::Released);
}

async fn rule_c4_pressing_pay_again_gives_the_first_attempt_up(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 2, 300, 2).await;
    let first = world.hold(&[(&reseller, &mug, 2)]).await;

    // All there is lies on hold for her own first attempt.
    let second = secret_of(world.pay(first.cart, Card::Pays).await.unwrap());

    assert!(matches!(
        world.approve(&first).await,
        CheckoutOutcome::Declined { .. }
    ));
    assert_eq!(world.order(&first.secret).await.state, OrderState::Released);
    assert_eq!(world.order(&second).await.state, OrderState::Paid);
    assert_eq!(world.count("sandbox_charges WHERE state = 'paid'").await, 1);
    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
}

async fn rule_c4_pressing_pay_again_after_approving_buys_once(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let first = world.hold(&[(&reseller, &mug, 2)]).await;
    world.tell_bank(&first, true).await;

    let outcome = world.pay(first.cart, Card::Pays).await.unwrap();

    assert_eq!(secret_of(outcome), first.secret);
    assert_eq!(
        (world.count("orders").await, world.stock(&mug).await),
        (1, (4, 0))
    );
}

async fn rule_c4_nobody_pays_again_while_it_is_not_known_what_became_of_the_first(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let cart = world.cart(&[(&reseller, &mug, 2)]).await;
    let cut_off = world.paying_through(Unreachable("card_4242"));
    cut_off.pay(cart, Card::Pays).await.unwrap();

    let second = cut_off.pay(cart, Card::Pays).await;

    assert!(matches!(second, Err(Error::Refused(Refusal::PaymentOpen))));
    assert_eq!(
        (world.count("orders").await, world.stock(&mug).await),
        (1, (6, 2))
    );
}

async fn rule_c5_a_reseller_costs_the_maker_nothing(world: World) {
    let world = world.with(|settings| settings.fee_basis_points = 250).await;
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let fee = 2 * 2_800 * 250 / 10_000;
    let owed = 2 * 2_800 + SHIPPING - fee;

    let own = world.buy(&[(&maker, &mug, 2)]).await;
    assert_eq!(world.payable(&maker).await, owed);
    let through = world.buy(&[(&reseller, &mug, 2)]).await;
    assert_eq!(world.payable(&maker).await, 2 * owed);

    assert_eq!(world.payable(&reseller).await, 0);
    for secret in [own, through] {
        let sale = world.sale(&maker, &secret).await;
        assert_eq!(
            (sale.items.0, sale.shipping.0, sale.fee.0, sale.payable.0),
            (5_600, SHIPPING, fee, owed)
        );
    }
    assert_eq!(
        world
            .number("SELECT SUM(amount) FROM transfers WHERE credit = 'fees'")
            .await,
        2 * fee
    );
}

async fn rule_c5_terms_are_frozen_at_the_hold(world: World) {
    let world = world.with(|settings| settings.fee_basis_points = 250).await;
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;

    world.set_price(&maker, &mug, 9_900).await.unwrap();
    world
        .edit(&maker, &mug, |form| form.title = "Another mug".into())
        .await
        .unwrap();
    world.change(&maker, offer, 700, 2).await.unwrap();
    let dearer = world
        .with(|settings| settings.fee_basis_points = 2_000)
        .await;
    dearer.approve(&hold).await;

    let sale = world.sale(&maker, &hold.secret).await;
    assert_eq!(
        (sale.lines[0].price, sale.lines[0].title.as_str()),
        (Money(2_800), "Mug")
    );
    assert_eq!(
        (sale.fee, sale.payable),
        (Money(70), Money(2_800 + SHIPPING - 70))
    );
    assert_eq!(world.wallet(&reseller).await, WELCOME + 300);
}

async fn rule_c4_what_she_pays_for_anew_is_not_bought_by_the_first_attempt_too(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let first = world.hold(&[(&maker, &mug, 1)]).await;
    world.wait_minutes(16);
    // The hold has ended and goes back, as somebody else wants all six. She pays for the same cart once more, and then
    // the first bank's answer comes.
    world.cart(&[(&maker, &mug, 6)]).await;
    let paid_again = world.pay(first.cart, Card::SecondStep).await.unwrap();
    world.approve(&first).await;

    assert!(matches!(paid_again, CheckoutOutcome::SecondStep { .. }));
    let (of_first, second) = ("orders WHERE state = 'paid'", "orders WHERE state = 'held'");
    assert_eq!(
        (world.count(of_first).await, world.count(second).await),
        (0, 1)
    );
    world.tick().await;
    assert_eq!(world.count("refunds WHERE state = 'done'").await, 1);
    assert_eq!(world.stock(&mug).await, (6, 1));
}
