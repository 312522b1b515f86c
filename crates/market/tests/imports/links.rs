//! K1: a link to a page that a product came from leads to that product.

use crate::fixture::{MUG, Shop};
use market::import;
use model::{Currency, KeepInStep, LinkTarget};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_k1_every_spelling_of_a_source_leads_to_the_product_and_its_offer,
    rule_k1_a_draft_is_its_makers_alone,
    rule_k1_a_page_that_is_being_imported_leads_to_its_import,
    rule_k1_ones_own_product_comes_before_others,
);

async fn rule_k1_every_spelling_of_a_source_leads_to_the_product_and_its_offer(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/products/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let made = world
        .published_from(&maker, &shop.url("/products/mug"), 5, KeepInStep::ByHand)
        .await;
    let terms = model::OfferTerms {
        rate: model::Tokens(300),
        units: 2,
    };
    market::offer::open(&world.market, maker.owner, made, terms)
        .await
        .unwrap();

    let host = "127.0.0.1";
    for spelling in [
        format!("http://{host}/products/mug"),
        format!("https://{host}/products/mug/"),
        format!("https://{host}/products/mug?utm_source=mail&fbclid=x"),
        format!("https://{host}/products/mug?variant=12#reviews"),
        format!("https://{host}/collections/mugs/products/mug"),
        shop.url("/products/mug"),
    ] {
        let found = world.follow(Some(&reseller), &spelling).await.unwrap();
        let LinkTarget::Product(card) = found else {
            panic!("{spelling} leads to {found:?}")
        };
        assert_eq!((card.product, card.mine), (made, false), "{spelling}");
        assert_eq!(card.offer.unwrap().rate.0, 300);
    }
    // Shoppers see the product without the offer (R10); another page is another page.
    let shown = world.follow(None, &shop.url("/products/mug")).await;
    let LinkTarget::Product(card) = shown.unwrap() else {
        panic!("it is published")
    };
    assert!(card.offer.is_none());
    let other = world
        .follow(None, &shop.url("/products/bowl"))
        .await
        .unwrap();
    assert!(matches!(other, LinkTarget::OtherShop { .. }));
}

async fn rule_k1_a_draft_is_its_makers_alone(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let mut form = world.import(&maker, id).await.form;
    form.category = "kitchen".into();
    let new = form.validate(Currency::Usd).unwrap();
    let made = import::save(&world.market, maker.owner, id, new)
        .await
        .unwrap();

    let link = shop.url("/mug");
    let hers = world.follow(Some(&maker), &link).await.unwrap();
    let title = "Speckled mug".to_owned();
    assert_eq!(
        hers,
        LinkTarget::OwnDraft {
            product: made,
            title
        }
    );
    for viewer in [None, Some(&other)] {
        let seen = world.follow(viewer, &link).await.unwrap();
        assert!(matches!(seen, LinkTarget::OtherShop { .. }), "{seen:?}");
    }
}

async fn rule_k1_a_page_that_is_being_imported_leads_to_its_import(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let hers = world
        .follow(Some(&maker), &shop.url("/mug/"))
        .await
        .unwrap();
    assert_eq!(hers, LinkTarget::Import(id));
    let others = world.follow(None, &shop.url("/mug/")).await.unwrap();
    assert!(matches!(others, LinkTarget::OtherShop { .. }));
}

async fn rule_k1_ones_own_product_comes_before_others(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let first = world.store("Kiln & Clay").await;
    let second = world.store("Corner Books").await;
    let of_first = world
        .published_from(&first, &shop.url("/mug"), 5, KeepInStep::ByHand)
        .await;
    let of_second = world
        .published_from(&second, &shop.url("/mug"), 5, KeepInStep::ByHand)
        .await;
    for (viewer, expected) in [
        (None, of_first),
        (Some(&first), of_first),
        (Some(&second), of_second),
    ] {
        let seen = world.follow(viewer, &shop.url("/mug")).await.unwrap();
        let LinkTarget::Product(card) = seen else {
            panic!("it is published")
        };
        assert_eq!(card.product, expected);
    }
}
