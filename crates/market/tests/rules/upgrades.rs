//! Markets made by an older version: after the upgrade their books are sound.

use market::{Error, Settled};
use model::{Currency, StoreId};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_l4_cancellations_of_an_older_market_say_what_they_put_back,
    a_stock_beyond_bounds_of_an_older_market_is_cut_back_to_what_a_variant_can_have,
    a_market_keeps_the_currency_that_it_is_upgraded_with,
    tables_that_are_half_made_are_left_as_they_are,
    texts_of_an_older_market_are_found_as_new_ones_are,
);

async fn rule_l4_cancellations_of_an_older_market_say_what_they_put_back(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 12, 300, 2).await;
    let first = world.buy(&[(&maker, &mug, 3)]).await;
    world.cancel(&maker, &first, 1, true).await.unwrap();
    world.cancel(&maker, &first, 2, false).await.unwrap();
    let second = world.buy(&[(&maker, &mug, 3)]).await;
    world.cancel(&maker, &second, 3, true).await.unwrap();
    let third = world.buy(&[(&maker, &mug, 3)]).await;
    world.cancel(&maker, &third, 3, false).await.unwrap();

    for before in [
        "ALTER TABLE refunds DROP COLUMN restocked_units",
        "DELETE FROM seaql_migrations WHERE version = 'm0003_restocked_by_refund'",
    ] {
        world.execute(before).await.unwrap();
    }
    world.market.migrate().await.unwrap();

    let put_back = world.numbers("SELECT restocked_units FROM refunds ORDER BY id");
    assert_eq!(put_back.await, [1, 0, 3, 0]);
}

async fn a_stock_beyond_bounds_of_an_older_market_is_cut_back_to_what_a_variant_can_have(
    world: World,
) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 12, 300, 2).await;
    world.buy(&[(&reseller, &mug, 1), (&maker, &mug, 2)]).await;
    world.without_bounds().await;
    for before in [
        "UPDATE variants SET on_hand = 9223372036854775800 - 3, received = 9223372036854775800",
        "DELETE FROM seaql_migrations WHERE version = 'm0006_bounds'",
    ] {
        world.execute(before).await.unwrap();
    }

    world.market.migrate().await.unwrap();

    assert_eq!(
        world.number("SELECT on_hand FROM variants").await,
        1_000_000
    );
    assert_eq!(world.escrow(offer).await, 300);
    world.assert_sound().await;
    world.set_stock(&maker, &mug, 5).await.unwrap();
    let beyond = "UPDATE variants SET on_hand = 1000001";
    assert!(world.execute(beyond).await.is_err());
}

async fn a_market_keeps_the_currency_that_it_is_upgraded_with(world: World) {
    for before in [
        "DROP TABLE settled",
        "DROP TABLE pulse",
        "DELETE FROM seaql_migrations WHERE version = 'm0005_settled'",
    ] {
        world.execute(before).await.unwrap();
    }
    let yen = world
        .with(|settings| settings.currency = Currency::Jpy)
        .await;
    yen.market.migrate().await.unwrap();
    yen.market.migrate().await.unwrap();
    for refused in [
        world.market.migrate().await,
        world.market.check_settings().await,
    ] {
        let Err(Error::Settled(Settled { name, kept, now })) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(
            (name, kept.as_str(), now.as_str()),
            ("currency", "JPY", "USD")
        );
    }
    yen.market.close().await.unwrap();
}

async fn tables_that_are_half_made_are_left_as_they_are(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 12, 300, 2).await;
    world.buy(&[(&maker, &mug, 1)]).await;
    // An older version was stopped between making the tables and noting that it had.
    let unnoted = "DELETE FROM seaql_migrations WHERE version = 'm0001_market'";
    world.execute(unnoted).await.unwrap();
    let refused = world.market.migrate().await.unwrap_err();
    assert!(matches!(refused, Error::Tables(_)), "{refused}");
    assert!(refused.to_string().contains("half made"), "{refused}");
    let noted = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m0001_market', 0)";
    world.execute(noted).await.unwrap();
    world.market.migrate().await.unwrap();
}

async fn texts_of_an_older_market_are_found_as_new_ones_are(world: World) {
    let first = world.store("Kiln & Clay").await;
    let second = world.store("Loom Street").await;
    for number in 0..3 {
        world
            .product(&first, &format!("Café “Größe” {number}"), 900, 5)
            .await;
    }
    let made_now = world
        .text("SELECT search_text FROM products WHERE id = 2")
        .await;
    for before in [
        "DROP TABLE store_names",
        "DELETE FROM seaql_migrations WHERE version = 'm0008_folded_texts'",
        "UPDATE products SET search_text = LOWER(title)",
        &format!(
            "UPDATE stores SET name = 'Kiln and Clay' WHERE id = {}",
            second.id()
        ),
        &format!(
            "UPDATE accounts SET email = 'Mara@xn--bcher-kva.example' WHERE id = {}",
            first.account()
        ),
    ] {
        world.execute(before).await.unwrap();
    }
    world.market.migrate().await.unwrap();

    let made_anew = world
        .text("SELECT search_text FROM products WHERE id = 2")
        .await;
    assert_eq!(made_anew, made_now);
    assert_eq!(
        world
            .count("products WHERE search_text LIKE '%cafe \"grosse\"%'")
            .await,
        3
    );
    let known = |store: StoreId| format!("store_names WHERE store_id = {store}");
    assert!(world.count(&known(first.id())).await > 0);
    assert_eq!(
        world.count(&known(second.id())).await,
        0,
        "the first has the name"
    );
    let email = format!("SELECT email FROM accounts WHERE id = {}", first.account());
    assert_eq!(world.text(&email).await, "mara@bücher.example");
}
