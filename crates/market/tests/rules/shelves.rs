//! R7, R8, R10: what shows where, and to whom.

use market::{Error, Refusal, cart, order};
use model::{CartProblem, MarketFilters, MarketSort, PageRequest, ShelfState};
use trial::both_engines;
use trial::world::{Card, World};

both_engines!(
    rule_r7_sold_out_is_one_fact_on_every_shelf,
    rule_r7_the_last_unit_on_hold_is_sold_out_until_it_is_given_back,
    rule_r7_restocking_brings_it_back,
    rule_r8_without_open_units_other_shelves_wait_for_a_new_offer,
    rule_r10_shoppers_see_money_and_the_makers_name_only,
    rule_r10_rewards_are_for_store_owners,
);

async fn rule_r7_sold_out_is_one_fact_on_every_shelf(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 3, 300, 2).await;
    let waiting = world.cart(&[(&reseller, &mug, 1)]).await;

    world.buy(&[(&maker, &mug, 3)]).await;

    for shelf in [&maker, &reseller] {
        assert!(
            world.page(shelf, &mug, None).await.unwrap().sold_out,
            "{}",
            shelf.name
        );
        let empty = cart::new(&world.market, None).await.unwrap();
        let added = world.add(empty, (shelf, &mug, 1)).await;
        assert!(
            matches!(added, Err(Error::Refused(Refusal::SoldOut))),
            "{}: {added:?}",
            shelf.name
        );
    }
    assert!(!world.is_in_marketplace(&mug).await);
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::SoldOut
    );
    let view = cart::view(&world.market, waiting).await.unwrap();
    assert_eq!(view.groups[0].lines[0].problem, Some(CartProblem::SoldOut));
}

async fn rule_r7_the_last_unit_on_hold_is_sold_out_until_it_is_given_back(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 1, 300, 1).await;
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;
    for shelf in [&maker, &reseller] {
        assert!(
            world.page(shelf, &mug, None).await.unwrap().sold_out,
            "{}",
            shelf.name
        );
    }
    assert!(!world.is_in_marketplace(&mug).await);

    world.tell_bank(&hold, false).await;
    world.come_back(&hold.secret).await;

    for shelf in [&maker, &reseller] {
        assert!(
            !world.page(shelf, &mug, None).await.unwrap().sold_out,
            "{}",
            shelf.name
        );
    }
    assert!(world.is_in_marketplace(&mug).await);
    world.buy(&[(&reseller, &mug, 1)]).await;
}

async fn rule_r7_restocking_brings_it_back(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 2, 300, 2).await;
    // With a unit on hold under it, the offer stays open while nothing is left to sell.
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;
    world.buy(&[(&maker, &mug, 1)]).await;
    assert!(world.page(&reseller, &mug, None).await.unwrap().sold_out);

    world.set_stock(&maker, &mug, 4).await.unwrap();
    assert!(!world.page(&maker, &mug, None).await.unwrap().sold_out);
    world.change(&maker, offer, 300, 2).await.unwrap();

    assert!(!world.page(&reseller, &mug, None).await.unwrap().sold_out);
    assert!(world.is_in_marketplace(&mug).await);
    world.buy(&[(&reseller, &mug, 2)]).await;
    world.approve(&hold).await;
}

async fn rule_r8_without_open_units_other_shelves_wait_for_a_new_offer(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 2).await;

    world.buy(&[(&reseller, &mug, 2)]).await;

    assert!(matches!(
        world.page(&reseller, &mug, None).await,
        Err(Error::NotFound(_))
    ));
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Waiting
    );
    assert!(!world.is_in_marketplace(&mug).await);
    let empty = cart::new(&world.market, None).await.unwrap();
    let added = world.add(empty, (&reseller, &mug, 1)).await;
    assert!(matches!(added, Err(Error::Refused(Refusal::NotOnShelf))));
    assert!(
        !world.page(&maker, &mug, None).await.unwrap().sold_out,
        "her own shelf goes on"
    );

    world.offer(&maker, &mug, 200, 1).await;
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Selling,
        "its listing was not lost"
    );
    assert!(world.page(&reseller, &mug, None).await.is_ok());
}

async fn rule_r10_shoppers_see_money_and_the_makers_name_only(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let shopper = world.store("Somebody's empty shop").await;
    let cart = world.cart(&[(&reseller, &mug, 1)]).await;
    let cart_view = cart::view(&world.market, cart).await.unwrap();
    let page = world.page(&reseller, &mug, None).await.unwrap();
    let secret = world
        .buy_as(shopper.account(), &[(&reseller, &mug, 1)])
        .await;
    let order_view = world.order(&secret).await;
    let orders = order::of_account(&world.market, shopper.account(), PageRequest::FIRST)
        .await
        .unwrap();

    assert_eq!(
        (page.maker.name.as_str(), page.offer.as_ref()),
        ("Kiln & Clay", None)
    );
    assert_eq!(cart_view.groups[0].maker_name, maker.name);
    assert_eq!(order_view.parcels[0].maker_name, maker.name);
    let seen = [
        serde_json::to_string(&page).unwrap(),
        serde_json::to_string(&cart_view).unwrap(),
        serde_json::to_string(&order_view).unwrap(),
        serde_json::to_string(&orders).unwrap(),
    ];
    for view in seen {
        for word in [
            "token",
            "reward",
            "rate\"",
            "covered",
            "open_units",
            "wallet",
            " RSS",
        ] {
            assert!(!view.contains(word), "{word} in {view}");
        }
    }
}

async fn rule_r10_rewards_are_for_store_owners(world: World) {
    let (_, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;

    let page = world
        .page(&reseller, &mug, Some(reseller.owner))
        .await
        .unwrap();
    assert_eq!(
        page.offer.map(|offer| (offer.rate.0, offer.open_units)),
        Some((300, 4))
    );
    assert!(
        world
            .marketplace(Some(reseller.owner))
            .await
            .iter()
            .all(|card| card.offer.is_some())
    );
    assert!(
        world
            .marketplace(None)
            .await
            .iter()
            .all(|card| card.offer.is_none())
    );
    // Not even the order of the marketplace tells a visitor who pays most.
    let other = world.product(&reseller, "Notebook", 900, 5).await;
    world.offer(&reseller, &other, 100, 5).await;
    let by_reward = MarketFilters {
        sort: MarketSort::Reward,
        ..MarketFilters::default()
    };
    let seen = |viewer| {
        let (market, filters) = (world.market.clone(), by_reward.clone());
        async move {
            let page = market::search::marketplace(&market, viewer, filters)
                .await
                .unwrap();
            page.products
                .rows
                .into_iter()
                .map(|card| card.title)
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(seen(Some(reseller.owner)).await, ["Mug", "Notebook"]);
    assert_eq!(seen(None).await, ["Notebook", "Mug"], "the latest first");
    let refused = world
        .pay(world.cart(&[(&reseller, &mug, 1)]).await, Card::Declined)
        .await;
    assert!(refused.is_ok());
}
