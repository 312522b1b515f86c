//! Markets made by an older version: after the upgrade their books are sound.

use crate::engine::both_engines;
use crate::world::World;
use model::StoreId;

both_engines!(
    rule_l4_cancellations_of_an_older_market_say_what_they_put_back,
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

    let mut put_back = Vec::new();
    for refund in 1..=4 {
        let row = format!("SELECT restocked_units FROM refunds WHERE id = {refund}");
        put_back.push(world.number(&row).await);
    }
    assert_eq!(put_back, [1, 0, 3, 0]);
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
