//! Whose links are read first: one store's slow ones do not keep another's waiting.

use crate::fixture::{MUG, Shop};
use market::import;
use model::{ImportState, Pasted};
use std::time::{Duration, Instant};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_b5_one_stores_slow_links_keep_nobody_elses_waiting,
    rule_b5_lists_of_whole_shops_keep_nobodys_link_waiting,
);

/// Longer than it takes to read a page that is there, shorter than the ten seconds that one that drips may take.
const SOON: Duration = Duration::from_secs(8);

async fn rule_b5_one_stores_slow_links_keep_nobody_elses_waiting(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let slow = Shop::that_drips().await;
    let world = world
        .with(|settings| settings.import_from.extend([slow]))
        .await;
    shop.sells("/mug", &MUG);
    let many = world.store("Many links").await;
    let one = world.store("One link").await;
    for number in 0..60 {
        world.paste(&many, &format!("http://{slow}/{number}")).await;
    }
    soon_read(&world, &one, &shop).await;
}

async fn rule_b5_lists_of_whole_shops_keep_nobodys_link_waiting(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let slow = Shop::that_drips().await;
    let world = world
        .with(|settings| settings.import_from.extend([slow]))
        .await;
    shop.sells("/mug", &MUG);
    for number in 0..10 {
        let store = world.store(&format!("Store {number}")).await;
        let whole = format!("http://{slow}/");
        world.paste_shop(&store, &whole).await.unwrap();
    }
    let one = world.store("One link").await;
    soon_read(&world, &one, &shop).await;
}

/// The market reads what is due; only then a store pastes its one link.
async fn soon_read(world: &World, store: &trial::world::Store, shop: &Shop) {
    let reading = tokio::spawn({
        let market = world.market.clone();
        async move { import::work(&market).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let Pasted::Import(id) = world.paste(store, &shop.url("/mug")).await else {
        panic!("nothing was imported before")
    };
    let pasted = Instant::now();
    while world.import(store, id).await.import.state != ImportState::Ready {
        assert!(pasted.elapsed() < SOON, "the link waits");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    reading.abort();
}
