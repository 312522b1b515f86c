//! What search engines are told of.

use market::account::suspend;
use market::{product, sitemap};
use trial::World;
use trial::both_engines;

both_engines!(what_can_be_bought_is_listed_and_nothing_else);

async fn what_can_be_bought_is_listed_and_nothing_else(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    world.store("Nothing yet").await;
    let closed = world.store("Closed").await;
    let mug = world.product(&maker, "Mug", 1_200, 5).await;
    world.product(&maker, "Sold out", 1_200, 0).await;
    let draft = world.product(&maker, "Draft", 1_200, 5).await;
    product::unpublish(market, maker.owner, draft.id, None)
        .await
        .unwrap();
    world.product(&closed, "Of a closed store", 1_200, 5).await;
    world.offer(&maker, &mug, 300, 2).await;
    world.shelf(&reseller, &mug).await;
    suspend(market, &closed.slug).await.unwrap();

    let parts = sitemap::parts(market).await.unwrap();
    assert_eq!((parts.stores, parts.products), (1, 1));
    let stores = sitemap::stores(market, 1).await.unwrap();
    let slugs: Vec<_> = stores.into_iter().map(|store| store.slug).collect();
    assert_eq!(slugs, [maker.slug.as_str(), reseller.slug.as_str()]);
    let products = sitemap::products(market, 1).await.unwrap();
    let pages: Vec<_> = products
        .into_iter()
        .map(|listed| (listed.store, listed.slug))
        .collect();
    assert_eq!(pages, [(maker.slug, mug.slug)], "where its maker sells it");

    for part in [0, -1, 2, i64::MAX, i64::MIN] {
        assert!(sitemap::stores(market, part).await.unwrap().is_empty());
        assert!(sitemap::products(market, part).await.unwrap().is_empty());
    }
}
