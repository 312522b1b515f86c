//! Markets made by an older version: after the upgrade their books are sound.

use crate::engine::both_engines;
use crate::world::World;
use market::{Error, Settled};
use model::Currency;

both_engines!(
    rule_l4_cancellations_of_an_older_market_say_what_they_put_back,
    a_market_keeps_the_currency_that_it_is_upgraded_with,
    tables_that_are_half_made_are_left_as_they_are,
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
