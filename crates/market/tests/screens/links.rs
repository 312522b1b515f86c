//! Links that lead nowhere on this market.

use market::{Error, product};
use model::{LinkTarget, limits};
use trial::World;
use trial::both_engines;

both_engines!(
    a_page_that_is_gone_is_not_found,
    another_shop_is_named,
    no_link_is_told_what_to_do
);

async fn a_page_that_is_gone_is_not_found(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    let other = world.store("Fern & Fallow").await;
    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    for path in [
        format!("/s/{}/{}", maker.slug, mug.slug),
        format!("/s/{}/{}", reseller.slug, mug.slug),
        format!("/s/{}/{}", other.slug, mug.slug),
        "/market".to_owned(),
        "/".to_owned(),
    ] {
        let target = world.follow(Some(&other), &path).await.unwrap();
        assert_eq!(target, LinkTarget::NotFound, "{path}");
    }
}

async fn another_shop_is_named(world: World) {
    let target = world
        .follow(None, " https://www.shop.example/products/mug?size=2 ")
        .await
        .unwrap();
    assert_eq!(
        target,
        LinkTarget::OtherShop {
            host: "shop.example".into()
        }
    );
}

async fn no_link_is_told_what_to_do(world: World) {
    let long = format!("https://shop.example/{}", "x".repeat(limits::LINK));
    for text in ["   ", "https://", "ana@shop.example", long.as_str()] {
        match world.follow(None, text).await {
            Err(Error::Invalid(wrong)) => {
                assert_eq!((wrong.len(), wrong[0].field.as_str()), (1, "link"))
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}
