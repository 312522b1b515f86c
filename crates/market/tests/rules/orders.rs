//! C6, C7: parcels, cancellations, and what the shopper sees.

use market::{Error, Refusal, order};
use model::{OrderState, PageRequest, ParcelState, RewardOutcome, Tracking};
use trial::both_engines;
use trial::world::{Card, SHIPPING, Store, WELCOME, World};

both_engines!(
    rule_c6_each_maker_ships_her_own_parcel,
    rule_c6_a_parcel_goes_forward_only,
    rule_c6_part_of_a_line_is_cancelled_with_its_share_of_the_fee,
    rule_c6_the_fee_comes_back_whole_however_it_is_cancelled,
    rule_c6_shipping_comes_back_with_a_parcel_that_has_not_left,
    rule_c6_no_more_is_cancelled_than_was_bought,
    rule_c6_a_paid_reward_stays_with_the_reseller,
    rule_c6_within_the_pending_period_the_reward_returns,
    rule_c6_after_the_pending_period_the_rest_is_paid_and_stays,
    rule_c6_all_cancelled_within_the_pending_period_rewards_nothing,
    rule_c7_one_order_by_a_secret_link_without_an_account,
    rule_c7_one_order_in_the_account_of_whoever_bought_it,
);

async fn ship(world: &World, maker: &Store, secret: &str) -> market::Result<()> {
    let parcel = world.sale(maker, secret).await.parcel;
    let tracking = Tracking {
        carrier: "Parcel Post".into(),
        number: "PP 123".into(),
    };
    order::ship(&world.market, maker.owner, parcel, tracking).await
}

async fn rule_c6_each_maker_ships_her_own_parcel(world: World) {
    let (potter, mug, _, bookshop) = world.carried(2_800, 6, 300, 4).await;
    let notebook = world.product(&bookshop, "Notebook", 900, 5).await;
    let secret = world
        .buy(&[(&bookshop, &mug, 1), (&bookshop, &notebook, 1)])
        .await;
    let pots = world.sale(&potter, &secret).await.parcel;

    let foreign = order::pack(&world.market, bookshop.owner, pots).await;
    assert!(matches!(foreign, Err(Error::NotFound("parcel"))));
    assert!(matches!(
        order::sale(&world.market, bookshop.owner, pots).await,
        Err(Error::NotFound("parcel"))
    ));
    order::pack(&world.market, potter.owner, pots)
        .await
        .unwrap();
    ship(&world, &potter, &secret).await.unwrap();
    order::deliver(&world.market, potter.owner, pots)
        .await
        .unwrap();

    let parcels = world.order(&secret).await.parcels;
    let of = |maker: &Store| {
        parcels
            .iter()
            .find(|parcel| parcel.maker_slug == maker.slug)
            .unwrap()
    };
    assert_eq!(
        (of(&potter).state, of(&bookshop).state),
        (ParcelState::Delivered, ParcelState::New)
    );
    assert_eq!(of(&potter).tracking.as_ref().unwrap().number, "PP 123");
    assert_eq!(of(&bookshop).tracking, None);
}

async fn rule_c6_a_parcel_goes_forward_only(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.buy(&[(&maker, &mug, 1)]).await;
    let parcel = world.sale(&maker, &secret).await.parcel;

    let early = order::deliver(&world.market, maker.owner, parcel).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::ParcelPast(_)))));
    ship(&world, &maker, &secret).await.unwrap();
    let back = order::pack(&world.market, maker.owner, parcel).await;
    assert!(matches!(
        back,
        Err(Error::Refused(Refusal::ParcelPast("shipped")))
    ));
    assert!(ship(&world, &maker, &secret).await.is_err());
    order::deliver(&world.market, maker.owner, parcel)
        .await
        .unwrap();
}

async fn rule_c6_part_of_a_line_is_cancelled_with_its_share_of_the_fee(world: World) {
    let world = world.with(|settings| settings.fee_basis_points = 250).await;
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 2).await;
    let secret = world.buy(&[(&maker, &mug, 3)]).await;
    assert_eq!(world.payable(&maker).await, 8_400 + SHIPPING - 210);

    assert_eq!(world.cancel(&maker, &secret, 1, true).await.unwrap(), 2_800);

    let sale = world.sale(&maker, &secret).await;
    assert_eq!(
        (sale.refunded.0, sale.fee.0, sale.payable.0),
        (2_800, 140, 5_600 + SHIPPING - 140)
    );
    assert_eq!(world.payable(&maker).await, sale.payable.0);
    assert_eq!(
        world.stock(&mug).await,
        (4, 0),
        "back into stock, because she said so"
    );
    assert_eq!(world.order(&secret).await.refunded.0, 2_800);
    assert_eq!(
        world
            .number("SELECT SUM(amount) FROM sandbox_refunds")
            .await,
        2_800
    );

    world.cancel(&maker, &secret, 1, false).await.unwrap();
    assert_eq!(world.stock(&mug).await, (4, 0), "not back into stock");
}

async fn rule_c6_the_fee_comes_back_whole_however_it_is_cancelled(world: World) {
    let world = world.with(|settings| settings.fee_basis_points = 333).await;
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 1_999, 7).await;
    let secret = world.buy(&[(&maker, &mug, 7)]).await;
    for units in [3, 1, 2, 1] {
        world.cancel(&maker, &secret, units, false).await.unwrap();
        world.assert_sound().await;
    }
    assert_eq!(world.payable(&maker).await, 0);
    let fees = "SELECT SUM(CASE WHEN credit = 'fees' THEN amount ELSE -amount END) FROM transfers \
                WHERE debit = 'fees' OR credit = 'fees'";
    assert_eq!(world.number(fees).await, 0);
}

async fn rule_c6_shipping_comes_back_with_a_parcel_that_has_not_left(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 2).await;
    let kept = world.buy(&[(&maker, &mug, 2)]).await;
    assert_eq!(world.cancel(&maker, &kept, 1, true).await.unwrap(), 2_800);
    assert_eq!(
        world.cancel(&maker, &kept, 1, true).await.unwrap(),
        2_800 + SHIPPING
    );
    let order = world.order(&kept).await;
    assert_eq!(
        (order.parcels[0].state, order.refunded),
        (ParcelState::Cancelled, order.total)
    );
    assert_eq!(world.payable(&maker).await, 0);

    let sent = world.buy(&[(&maker, &mug, 1)]).await;
    ship(&world, &maker, &sent).await.unwrap();
    assert_eq!(world.cancel(&maker, &sent, 1, false).await.unwrap(), 2_800);
    assert_eq!(
        world.order(&sent).await.parcels[0].state,
        ParcelState::Shipped
    );
    assert_eq!(world.payable(&maker).await, SHIPPING);
}

async fn rule_c6_no_more_is_cancelled_than_was_bought(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 2).await;
    let secret = world.buy(&[(&reseller, &mug, 3)]).await;
    world.cancel(&maker, &secret, 2, false).await.unwrap();

    let many = world.cancel(&maker, &secret, 2, false).await;
    assert!(matches!(
        many,
        Err(Error::Refused(Refusal::CancelTooMany { left: 1 }))
    ));
    let line = world.sale(&maker, &secret).await.lines[0].id;
    let ask = model::CancelUnits {
        units: 1,
        restock: false,
        key: "foreigncancellation".into(),
        standing: None,
    };
    let foreign = order::cancel(&world.market, reseller.owner, line, ask).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))));
    assert_eq!(world.payable(&maker).await, 2_800 + SHIPPING);
}

async fn rule_c6_a_paid_reward_stays_with_the_reseller(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.buy(&[(&reseller, &mug, 3)]).await;

    world.cancel(&maker, &secret, 3, true).await.unwrap();

    assert_eq!(world.wallet(&reseller).await, WELCOME + 900);
    assert_eq!(world.wallet(&maker).await, WELCOME - 1_200);
}

async fn rule_c6_within_the_pending_period_the_reward_returns(world: World) {
    let world = world
        .with(|settings| settings.reward_pending_days = 7)
        .await;
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.buy(&[(&reseller, &mug, 3)]).await;
    assert_eq!(
        (world.wallet(&reseller).await, world.pool().await),
        (WELCOME, 1_200)
    );

    world.cancel(&maker, &secret, 1, true).await.unwrap();

    assert_eq!(
        (world.wallet(&reseller).await, world.pool().await),
        (WELCOME, 900)
    );
    assert_eq!(world.wallet(&maker).await, WELCOME - 900);
}

async fn rule_c6_after_the_pending_period_the_rest_is_paid_and_stays(world: World) {
    let world = world
        .with(|settings| settings.reward_pending_days = 7)
        .await;
    let (maker, mug, _, reseller) = world.carried(2_800, 9, 300, 2).await;
    // Two of three are covered; of a cancelled unit it is the uncovered one that goes first.
    let secret = world.buy(&[(&reseller, &mug, 3)]).await;
    world.cancel(&maker, &secret, 1, false).await.unwrap();
    assert_eq!(world.pool().await, 600);

    world.wait_minutes(7 * 24 * 60 - 1);
    world.tick().await;
    assert_eq!(world.wallet(&reseller).await, WELCOME);
    world.wait_minutes(1);
    world.tick().await;
    world.tick().await;

    assert_eq!(
        (world.wallet(&reseller).await, world.pool().await),
        (WELCOME + 600, 0)
    );
    world.cancel(&maker, &secret, 2, false).await.unwrap();
    assert_eq!(world.wallet(&reseller).await, WELCOME + 600);
}

async fn rule_c6_all_cancelled_within_the_pending_period_rewards_nothing(world: World) {
    let world = world
        .with(|settings| settings.reward_pending_days = 7)
        .await;
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let secret = world.buy(&[(&reseller, &mug, 2)]).await;
    world.cancel(&maker, &secret, 2, true).await.unwrap();

    world.wait_minutes(8 * 24 * 60);
    world.tick().await;

    assert_eq!(
        (world.wallet(&reseller).await, world.wallet(&maker).await),
        (WELCOME, WELCOME - 600)
    );
    assert_eq!((world.escrow(offer).await, world.pool().await), (600, 600));
    assert_eq!(
        world.sale(&maker, &secret).await.lines[0].reward_outcome,
        RewardOutcome::Returned
    );
}

async fn rule_c7_one_order_by_a_secret_link_without_an_account(world: World) {
    let (potter, mug, _, bookshop) = world.carried(2_800, 6, 300, 4).await;
    let notebook = world.product(&bookshop, "Notebook", 900, 5).await;
    let secret = world
        .buy(&[(&bookshop, &mug, 2), (&bookshop, &notebook, 1)])
        .await;
    ship(&world, &potter, &secret).await.unwrap();

    let order = world.order(&secret).await;

    assert_eq!(
        (order.state, order.parcels.len(), order.email.as_str()),
        (OrderState::Paid, 2, "ada@example.com")
    );
    let mut states: Vec<_> = order.parcels.iter().map(|parcel| parcel.state).collect();
    states.sort_unstable();
    assert_eq!(states, [ParcelState::New, ParcelState::Shipped]);
    assert!(secret.len() >= 32, "nobody guesses it");
    for wrong in ["", "1", &order.number, &secret[1..]] {
        let unknown = order::by_secret(&world.market, wrong).await;
        assert!(matches!(unknown, Err(Error::NotFound("order"))), "{wrong}");
    }
}

async fn rule_c7_one_order_in_the_account_of_whoever_bought_it(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let shopper = world.store("Fern & Fallow").await;
    let secret = world
        .buy_as(shopper.account(), &[(&reseller, &mug, 2)])
        .await;
    world.buy(&[(&reseller, &mug, 1)]).await;
    let given_up = world.cart(&[(&maker, &mug, 1)]).await;
    world.pay(given_up, Card::Declined).await.unwrap();

    let orders = |store: &Store| {
        let (market, account) = (world.market.clone(), store.account());
        async move {
            order::of_account(&market, account, PageRequest::FIRST)
                .await
                .unwrap()
        }
    };

    let mine = orders(&shopper).await;
    assert_eq!(
        (mine.total, mine.rows[0].secret.as_str(), mine.rows[0].units),
        (1, secret.as_str(), 2)
    );
    assert_eq!(orders(&reseller).await.total, 0);
}
