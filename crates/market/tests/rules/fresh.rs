//! What is answered from memory is what the database says, whatever happens in between.

use market::{account, listing, product};
use trial::{Process, World, both_engines};

both_engines!(
    every_page_from_memory_is_as_the_database_says,
    a_process_that_begins_later_knows_what_was_there_before,
);

/// Everybody's pages are the same, read or remembered: as a guest, as their maker, as somebody else.
async fn same(world: &World, process: &Process, owners: &[&trial::world::Store], when: &str) {
    let viewers = owners.iter().map(|store| Some(store.owner));
    for viewer in viewers.chain([None]) {
        let (read, remembered) = (world.pages(viewer).await, process.world.pages(viewer).await);
        for (page, text) in &read {
            assert_eq!(Some(text), remembered.get(page), "{when}: {page}");
        }
        assert_eq!(read.len(), remembered.len(), "{when}");
    }
}

async fn every_page_from_memory_is_as_the_database_says(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    let owners = [&maker, &reseller];
    let check = async |when: &str| same(&world, &process, &owners, when).await;
    check("two empty stores").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    let bowl = world.product(&maker, "Bowl", 2_800, 200).await;
    check("two products").await;
    let offer = world.offer(&maker, &mug, 300, 3).await;
    world.offer(&maker, &bowl, 200, 1).await;
    world.wait_minutes(1);
    check("offered").await;
    let listed = world.shelf(&reseller, &mug).await;
    world.shelf(&reseller, &bowl).await;
    check("on another shelf").await;
    world.set_price(&maker, &mug, 1_900).await.unwrap();
    check("another price").await;
    world
        .edit(&maker, &bowl, |form| form.category = "kitchen".into())
        .await
        .unwrap();
    check("another category").await;
    world.buy(&[(&reseller, &bowl, 1)]).await;
    check("an offer used up").await;
    let hold = world.hold(&[(&reseller, &mug, 3)]).await;
    check("all on hold").await;
    world.tell_bank(&hold, false).await;
    world.come_back(&hold.secret).await;
    check("given back").await;
    world.revoke(&maker, offer).await.unwrap();
    check("revoked").await;
    world.buy(&[(&maker, &mug, 3)]).await;
    check("sold out and revoked").await;
    world.set_stock(&maker, &mug, 5).await.unwrap();
    world.offer(&maker, &mug, 100, 2).await;
    check("back").await;
    listing::remove(&world.market, reseller.owner, listed)
        .await
        .unwrap();
    check("off the other shelf").await;
    world
        .execute("UPDATE stores SET tagline = 'Fired twice'")
        .await
        .unwrap();
    check("another tagline").await;
    product::archive(&world.market, maker.owner, bowl.id, None)
        .await
        .unwrap();
    check("archived").await;
    account::suspend(&world.market, &maker.slug).await.unwrap();
    check("closed").await;
    account::reinstate(&world.market, &maker.slug)
        .await
        .unwrap();
    check("open again").await;
    process.end().await;
}

async fn a_process_that_begins_later_knows_what_was_there_before(world: World) {
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    for number in 0..30 {
        let mug = world
            .product(&maker, &format!("Mug {number}"), 500 + number, 2)
            .await;
        if number % 3 > 0 {
            world.offer(&maker, &mug, 10 + number, 2).await;
            world.shelf(&reseller, &mug).await;
        }
        world.wait_minutes(1);
    }
    let process = Process::beside(&world).await;
    same(&world, &process, &[&maker], "begun later").await;
    process.end().await;
}
