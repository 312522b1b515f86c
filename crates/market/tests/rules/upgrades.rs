//! Markets made by an older version: after the upgrade their books are sound.

use crate::engine::both_engines;
use crate::world::World;

both_engines!(rule_l4_cancellations_of_an_older_market_say_what_they_put_back,);

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

    let mut put_back = Vec::new();
    for refund in 1..=4 {
        let row = format!("SELECT restocked_units FROM refunds WHERE id = {refund}");
        put_back.push(world.number(&row).await);
    }
    assert_eq!(put_back, [1, 0, 3, 0]);
}
