//! R1-R4: opening, changing and revoking an offer, and coverage that follows the stock.

use market::{Error, Refusal, offer, product};
use model::{OfferState, QuoteProblem, ShelfState, Tokens};
use trial::both_engines;
use trial::world::{WELCOME, World};

both_engines!(
    rule_r1_rate_times_units_leaves_the_wallet_at_once,
    rule_r1_names_what_the_wallet_is_short_of,
    rule_r1_covers_no_more_units_than_are_on_hand,
    rule_r1_a_product_has_one_open_offer,
    rule_r1_only_the_maker_offers_and_only_what_is_published,
    rule_r2_the_difference_moves_with_the_change,
    rule_r2_refuses_what_r1_would_refuse,
    rule_r2_what_the_page_says_can_be_covered_is_taken,
    rule_r2_units_on_hold_are_rewarded_at_the_rate_they_were_held_at,
    rule_r2_units_held_at_another_rate_do_not_open_again,
    rule_r3_open_units_return_and_the_product_leaves_other_shelves,
    rule_r3_a_hold_that_is_paid_after_the_revoke_is_rewarded,
    rule_r3_a_hold_that_is_not_paid_after_the_revoke_returns,
    rule_r3_taking_a_product_off_revokes_its_offer,
    rule_r4_a_sale_from_her_own_shelf_returns_the_excess,
    rule_r4_a_stock_correction_returns_the_excess,
    rule_r4_units_on_hold_under_a_revoked_offer_are_not_covered_again,
);

async fn rule_r1_rate_times_units_leaves_the_wallet_at_once(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;
    assert!(!world.is_in_marketplace(&mug).await);

    let offer = world.offer(&maker, &mug, 300, 4).await;

    assert_eq!(
        (world.wallet(&maker).await, world.escrow(offer).await),
        (WELCOME - 1_200, 1_200)
    );
    assert!(world.is_in_marketplace(&mug).await);
}

async fn rule_r1_names_what_the_wallet_is_short_of(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 40).await;

    let refused = world.try_offer(&maker, &mug, 251, 40).await.unwrap_err();

    let short = Refusal::Quote(QuoteProblem::WalletShort(Tokens(40)));
    assert!(
        matches!(&refused, Error::Refused(why) if *why == short),
        "{refused}"
    );
    assert!(short.sentence("RSS").contains("0.40 RSS short"));
    assert_eq!(world.wallet(&maker).await, WELCOME);
    // To the last token is not short.
    world.offer(&maker, &mug, 250, 40).await;
    assert_eq!(world.wallet(&maker).await, 0);
}

async fn rule_r1_covers_no_more_units_than_are_on_hand(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world
        .product_in_variants(&maker, "Mug", &[("Blue", 2_800, 2), ("Green", 2_800, 3)])
        .await;

    let refused = world.try_offer(&maker, &mug, 100, 6).await;

    let many = Refusal::Quote(QuoteProblem::TooManyUnits { coverable: 5 });
    assert!(matches!(refused, Err(Error::Refused(why)) if why == many));
    world.offer(&maker, &mug, 100, 5).await;
}

async fn rule_r1_a_product_has_one_open_offer(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;
    let first = world.offer(&maker, &mug, 300, 1).await;

    let second = world.try_offer(&maker, &mug, 300, 1).await;
    assert!(matches!(second, Err(Error::Refused(Refusal::OfferOpen))));
    let by_hand = format!(
        "INSERT INTO offers (product_id, store_id, rate, open_units, held_units, state, revision, opened_at) \
         VALUES ({}, {}, 1, 0, 0, 'open', 1, 0)",
        mug.id,
        maker.id()
    );
    assert!(
        world.execute(&by_hand).await.is_err(),
        "the database refuses it too"
    );

    world.revoke(&maker, first).await.unwrap();
    world.offer(&maker, &mug, 300, 1).await;
}

async fn rule_r1_only_the_maker_offers_and_only_what_is_published(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;

    let foreign = world.try_offer(&other, &mug, 300, 1).await;
    assert!(matches!(foreign, Err(Error::NotFound("product"))));

    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    let draft = world.try_offer(&maker, &mug, 300, 1).await;
    assert!(matches!(draft, Err(Error::Refused(Refusal::NotPublished))));

    product::publish(&world.market, maker.owner, mug.id)
        .await
        .unwrap();
    let offer = world.offer(&maker, &mug, 300, 1).await;
    assert!(matches!(
        world.change(&other, offer, 300, 2).await,
        Err(Error::NotFound("offer"))
    ));
    assert!(matches!(
        world.revoke(&other, offer).await,
        Err(Error::NotFound("offer"))
    ));
}

async fn rule_r2_the_difference_moves_with_the_change(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;
    let offer = world.offer(&maker, &mug, 300, 2).await;

    for (rate, units) in [(300, 5), (500, 5), (500, 1), (50, 6), (50, 6)] {
        world.change(&maker, offer, rate, units).await.unwrap();
        let escrow = rate * units;
        assert_eq!(
            (world.wallet(&maker).await, world.escrow(offer).await),
            (WELCOME - escrow, escrow)
        );
    }
}

async fn rule_r2_refuses_what_r1_would_refuse(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;

    let short = world.change(&maker, offer, 2_600, 4).await;
    let by = QuoteProblem::WalletShort(Tokens(400));
    assert!(matches!(short, Err(Error::Refused(Refusal::Quote(why))) if why == by));

    // Two of the six are on hold under it: four may be open.
    world.hold(&[(&reseller, &mug, 2)]).await;
    let many = world.change(&maker, offer, 100, 5).await;
    let coverable = QuoteProblem::TooManyUnits { coverable: 4 };
    assert!(matches!(many, Err(Error::Refused(Refusal::Quote(why))) if why == coverable));
    world.change(&maker, offer, 100, 4).await.unwrap();

    world.revoke(&maker, offer).await.unwrap();
    let closed = world.change(&maker, offer, 100, 1).await;
    assert!(matches!(closed, Err(Error::Refused(Refusal::NoOffer))));
}

async fn rule_r2_what_the_page_says_can_be_covered_is_taken(world: World) {
    let (maker, mug, first, reseller) = world.carried(2_800, 6, 300, 4).await;
    world.hold(&[(&reseller, &mug, 2)]).await;
    world.revoke(&maker, first).await.unwrap();
    let market = &world.market;

    let desk = offer::desk(market, maker.owner, mug.id).await.unwrap();
    assert_eq!(desk.coverable, 4, "two wait under the offer before");
    let second = world.offer(&maker, &mug, 300, 1).await;
    let desk = offer::desk(market, maker.owner, mug.id).await.unwrap();
    assert_eq!(desk.coverable, 4, "what it covers itself among it");
    world
        .change(&maker, second, 300, desk.coverable)
        .await
        .unwrap();
}

async fn rule_r2_units_on_hold_are_rewarded_at_the_rate_they_were_held_at(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;

    world.change(&maker, offer, 50, 4).await.unwrap();
    world.approve(&hold).await;

    assert_eq!(world.wallet(&reseller).await, WELCOME + 2 * 300);
    assert_eq!(world.wallet(&maker).await, WELCOME - 2 * 300 - 4 * 50);
}

async fn rule_r2_units_held_at_another_rate_do_not_open_again(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    world.hold(&[(&reseller, &mug, 2)]).await;
    world.change(&maker, offer, 50, 4).await.unwrap();

    world.wait_minutes(16);
    world.tick().await;

    assert_eq!(world.open_units(&maker, offer).await, 4);
    assert_eq!(
        (world.wallet(&maker).await, world.escrow(offer).await),
        (WELCOME - 4 * 50, 4 * 50)
    );
}

async fn rule_r3_open_units_return_and_the_product_leaves_other_shelves(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    assert!(world.page(&reseller, &mug, None).await.is_ok());

    assert_eq!(world.revoke(&maker, offer).await.unwrap(), 1_200);

    assert_eq!(
        (world.wallet(&maker).await, world.escrow(offer).await),
        (WELCOME, 0)
    );
    assert!(!world.is_in_marketplace(&mug).await);
    assert!(matches!(
        world.page(&reseller, &mug, None).await,
        Err(Error::NotFound(_))
    ));
    assert!(
        world.page(&maker, &mug, None).await.is_ok(),
        "her own shelf keeps it"
    );
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Waiting
    );
    let again = world.revoke(&maker, offer).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::NoOffer))));
}

async fn rule_r3_a_hold_that_is_paid_after_the_revoke_is_rewarded(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 3)]).await;

    assert_eq!(world.revoke(&maker, offer).await.unwrap(), 300);
    assert_eq!(world.pool().await, 900);
    world.approve(&hold).await;

    assert_eq!(
        (world.wallet(&reseller).await, world.wallet(&maker).await),
        (WELCOME + 900, WELCOME - 900)
    );
    assert_eq!(world.pool().await, 0);
}

async fn rule_r3_a_hold_that_is_not_paid_after_the_revoke_returns(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 3)]).await;
    world.revoke(&maker, offer).await.unwrap();

    world.tell_bank(&hold, false).await;
    world.come_back(&hold.secret).await;

    assert_eq!(
        (world.wallet(&reseller).await, world.wallet(&maker).await),
        (WELCOME, WELCOME)
    );
    assert_eq!((world.pool().await, world.stock(&mug).await), (0, (6, 0)));
}

async fn rule_r3_taking_a_product_off_revokes_its_offer(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;

    product::archive(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();

    assert_eq!(world.wallet(&maker).await, WELCOME - 300);
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Withdrawn
    );
    assert!(matches!(
        world.revoke(&maker, offer).await,
        Err(Error::Refused(Refusal::NoOffer))
    ));
    world.approve(&hold).await;
    assert_eq!(world.wallet(&reseller).await, WELCOME + 300);
}

async fn rule_r4_a_sale_from_her_own_shelf_returns_the_excess(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 5).await;
    let offer = world.offer(&maker, &mug, 300, 4).await;

    // One unit is uncovered: the first sale takes nothing from the offer.
    world.buy(&[(&maker, &mug, 1)]).await;
    assert_eq!(
        (
            world.open_units(&maker, offer).await,
            world.wallet(&maker).await
        ),
        (4, WELCOME - 1_200)
    );

    world.buy(&[(&maker, &mug, 3)]).await;
    assert_eq!(
        (
            world.open_units(&maker, offer).await,
            world.wallet(&maker).await
        ),
        (1, WELCOME - 300)
    );

    world.buy(&[(&maker, &mug, 1)]).await;
    assert_eq!(
        (world.escrow(offer).await, world.wallet(&maker).await),
        (0, WELCOME)
    );
    let row = market::offer::one(&world.market, maker.owner, offer)
        .await
        .unwrap();
    assert_eq!(row.state, OfferState::Ended);
}

async fn rule_r4_a_stock_correction_returns_the_excess(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 6).await;
    world.hold(&[(&reseller, &mug, 2)]).await;

    world.set_stock(&maker, &mug, 3).await.unwrap();

    // Two of the three are on hold, one may be open.
    assert_eq!(
        (
            world.open_units(&maker, offer).await,
            world.wallet(&maker).await
        ),
        (1, WELCOME - 900)
    );
    let below_hold = world.set_stock(&maker, &mug, 1).await;
    assert!(matches!(
        below_hold,
        Err(Error::Refused(Refusal::StockOnHold { held: 2 }))
    ));
    // More stock covers nothing by itself.
    world.set_stock(&maker, &mug, 9).await.unwrap();
    assert_eq!(world.open_units(&maker, offer).await, 1);
}

async fn rule_r4_units_on_hold_under_a_revoked_offer_are_not_covered_again(world: World) {
    let (maker, mug, first, reseller) = world.carried(2_800, 5, 300, 5).await;
    let hold = world.hold(&[(&reseller, &mug, 3)]).await;
    world.revoke(&maker, first).await.unwrap();

    let many = world.try_offer(&maker, &mug, 100, 3).await;
    let coverable = QuoteProblem::TooManyUnits { coverable: 2 };
    assert!(matches!(many, Err(Error::Refused(Refusal::Quote(why))) if why == coverable));
    let second = world.offer(&maker, &mug, 100, 2).await;
    assert!(world.change(&maker, second, 100, 3).await.is_err());

    // A unit that leaves by another way takes coverage that is still open with it.
    world.buy(&[(&maker, &mug, 1)]).await;
    assert_eq!(world.open_units(&maker, second).await, 1);
    world.assert_sound().await;

    world.approve(&hold).await;
    assert_eq!(world.open_units(&maker, second).await, 1);
    assert_eq!(world.wallet(&reseller).await, WELCOME + 900);
}
