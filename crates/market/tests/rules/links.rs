//! K1, K2: what a pasted link leads to.

use market::Error;
use model::LinkTarget;
use trial::World;
use trial::both_engines;

both_engines!(
    rule_k1_a_link_to_a_listing_leads_to_the_product_with_its_offer,
    rule_k1_a_link_to_a_shelf_that_hides_it_leads_to_the_makers,
    rule_k1_a_link_to_a_store_or_to_nothing_says_so,
    rule_k2_a_link_to_another_shop_is_told_apart,
);

async fn rule_k1_a_link_to_a_listing_leads_to_the_product_with_its_offer(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let other = world.store("Fern & Fallow").await;
    for shelf in [&maker, &reseller] {
        for address in ["http://127.0.0.1:3000", ""] {
            let text = format!("{address}/s/{}/{}", shelf.slug, mug.slug);
            let LinkTarget::Product(card) = world.follow(Some(&other), &text).await.unwrap() else {
                panic!("{text} is a product")
            };
            assert_eq!(
                (card.product, card.on_my_shelf, card.mine),
                (mug.id, false, false)
            );
            assert_eq!(card.offer.map(|offer| offer.rate.0), Some(300));
        }
    }
    let text = format!("/s/{}/{}", reseller.slug, mug.slug);
    let LinkTarget::Product(mine) = world.follow(Some(&reseller), &text).await.unwrap() else {
        panic!("{text} is a product")
    };
    assert!(mine.on_my_shelf);
}

async fn rule_k1_a_link_to_a_shelf_that_hides_it_leads_to_the_makers(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    world.revoke(&maker, offer).await.unwrap();

    let text = format!("/s/{}/{}", reseller.slug, mug.slug);
    let LinkTarget::Product(card) = world.follow(None, &text).await.unwrap() else {
        panic!("{text} is a product")
    };
    assert_eq!((card.store_slug, card.offer), (maker.slug, None));
}

async fn rule_k1_a_link_to_a_store_or_to_nothing_says_so(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let follow = async |text: String| world.follow(None, &text).await;
    let store = follow(format!("http://127.0.0.1:3000/s/{}", maker.slug))
        .await
        .unwrap();
    assert_eq!(
        store,
        LinkTarget::Store {
            slug: maker.slug.clone(),
            name: maker.name.clone()
        }
    );
    assert_eq!(
        follow(format!("/s/{}/no-such-thing", maker.slug))
            .await
            .unwrap(),
        LinkTarget::NotFound
    );
    assert_eq!(
        follow("/s/nobody".into()).await.unwrap(),
        LinkTarget::NotFound
    );
    for no_link in ["", "blue mug", "javascript:alert(1)"] {
        let refused = follow(no_link.into()).await;
        assert!(
            matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == "link"),
            "{no_link}"
        );
    }
}

async fn rule_k2_a_link_to_another_shop_is_told_apart(world: World) {
    let target = world
        .follow(None, "https://shop.example.com/products/mug")
        .await
        .unwrap();
    assert_eq!(
        target,
        LinkTarget::OtherShop {
            host: "shop.example.com".into()
        }
    );
}
