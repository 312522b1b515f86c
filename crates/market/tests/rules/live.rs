//! Open pages are told how the products on them stand.

use market::live::Watching;
use market::product;
use model::{ProductId, ProductNow};
use std::time::Duration;
use tokio::time::timeout;
use trial::{Process, World, both_engines};

both_engines!(
    who_watches_a_product_is_told_how_it_stands_at_once_and_whenever_that_changes,
    who_watches_nothing_that_changes_is_told_nothing,
    a_process_that_ends_tells_nothing_more,
);

/// Long enough for whatever is told.
const SOON: Duration = Duration::from_secs(2);

async fn told(watching: &mut Watching) -> ProductNow {
    let lines = timeout(SOON, watching.next())
        .await
        .expect("it is told in time");
    lines.unwrap().last().unwrap().parse().unwrap()
}

async fn who_watches_a_product_is_told_how_it_stands_at_once_and_whenever_that_changes(
    world: World,
) {
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    let process = Process::beside(&world).await;
    let mut watching = process.world.market.watch([mug.id]);
    let stands = |now: &ProductNow| {
        (
            now.variants[0].price.0,
            now.variants[0].left,
            now.is_offered,
        )
    };
    assert_eq!(stands(&told(&mut watching).await), (2_800, 3, false));
    world.offer(&maker, &mug, 300, 3).await;
    assert_eq!(stands(&told(&mut watching).await), (2_800, 3, true));
    world.set_price(&maker, &mug, 1_900).await.unwrap();
    assert_eq!(stands(&told(&mut watching).await), (1_900, 3, true));
    world.buy(&[(&maker, &mug, 3)]).await;
    let now = loop {
        let now = told(&mut watching).await;
        if now.is_sold_out() {
            break now;
        }
    };
    assert_eq!((now.product, now.is_published), (mug.id, true));
    product::archive(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    let now = told(&mut watching).await;
    assert!(!now.is_published && now.variants.is_empty());
    process.end().await;
}

async fn who_watches_nothing_that_changes_is_told_nothing(world: World) {
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    let bowl = world.product(&maker, "Bowl", 2_800, 3).await;
    let process = Process::beside(&world).await;
    let mut watching = process.world.market.watch([bowl.id, ProductId(999)]);
    // Of what there is not is told that shoppers can't see it.
    assert!(timeout(SOON, watching.next()).await.unwrap().unwrap().len() <= 2);
    world.buy(&[(&maker, &mug, 1)]).await;
    let more = timeout(Duration::from_millis(600), watching.next()).await;
    assert!(more.is_err(), "{more:?}");
    process.end().await;
}

async fn a_process_that_ends_tells_nothing_more(world: World) {
    let process = Process::beside(&world).await;
    let mut watching = process.world.market.watch([ProductId(1)]);
    let _ = timeout(SOON, watching.next()).await;
    process.end().await;
    assert_eq!(timeout(SOON, watching.next()).await.unwrap(), None);
}
