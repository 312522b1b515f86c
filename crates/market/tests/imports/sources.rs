//! K3: what was imported remembers its source and can be refreshed; sold out there means sold out here.

use crate::fixture::{MUG, Product, Shop};
use market::{Error, import, offer, product};
use model::{
    ImportProblem, KeepInStep, OfferId, OfferTerms, ProductId, RefreshForm, RefreshView, Tokens,
};
use trial::both_engines;
use trial::world::{Store, World};

both_engines!(
    rule_k3_changes_are_shown_before_they_are_applied,
    rule_k3_what_is_not_applied_is_let_go,
    rule_k3_a_product_follows_its_source_if_its_maker_chose_so,
    rule_k3_sold_out_at_the_source_means_sold_out_here,
    rule_k3_a_source_that_fails_is_asked_less_and_less,
    rule_k3_a_page_that_is_the_same_is_not_read_again,
    rule_k3_units_on_hold_stay_when_the_source_sells_out,
    rule_k3_a_source_is_its_makers_alone,
);

const DAYS: i64 = 24 * 60;

/// A maker with five mugs on her shelf, whose page at another shop was imported.
async fn with_a_mug(world: &World, how: KeepInStep) -> (Shop, World, Store, ProductId) {
    let (shop, world) = Shop::open(world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world
        .published_from(&maker, &shop.url("/mug"), 5, how)
        .await;
    (shop, world, maker, id)
}

async fn look(world: &World, maker: &Store, id: ProductId) -> RefreshView {
    import::look_again(&world.market, maker.owner, id)
        .await
        .unwrap()
}

async fn apply(world: &World, maker: &Store, id: ProductId, keys: &[&str]) {
    let apply = keys.iter().map(|key| (*key).to_owned()).collect();
    let shown = import::differences(&world.market, maker.owner, id)
        .await
        .unwrap()
        .shown;
    let form = RefreshForm { apply, shown };
    import::apply(&world.market, maker.owner, id, form)
        .await
        .unwrap();
}

/// Price and stock of the only variant, as its maker sees them.
async fn here(world: &World, maker: &Store, id: ProductId) -> (String, String) {
    let mut form = product::form(&world.market, maker.owner, id)
        .await
        .unwrap()
        .form;
    let variant = form.variants.remove(0);
    (variant.price, variant.stock)
}

fn pair(price: &str, stock: &str) -> (String, String) {
    (price.to_owned(), stock.to_owned())
}

async fn offered(world: &World, maker: &Store, product: ProductId, units: i64) -> OfferId {
    let terms = OfferTerms {
        rate: Tokens(300),
        units,
    };
    offer::open(&world.market, maker.owner, product, terms)
        .await
        .unwrap()
}

async fn rule_k3_changes_are_shown_before_they_are_applied(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByHand).await;
    assert!(look(&world, &maker, id).await.changes.is_empty());

    shop.sells(
        "/mug",
        &Product {
            title: "Speckled cup",
            price: "26.00",
            ..MUG
        },
    );
    let seen = look(&world, &maker, id).await;
    let keys: Vec<&str> = seen
        .changes
        .iter()
        .map(|change| change.key.as_str())
        .collect();
    assert_eq!(keys.len(), 2);
    let price = &seen.changes[1];
    assert_eq!(
        (price.here.as_str(), price.before.as_str()),
        ("$24.50", "24.50 USD")
    );
    assert_eq!(price.after.as_deref(), Some("$26.00"));
    assert_eq!(
        here(&world, &maker, id).await,
        pair("24.50", "5"),
        "shown, not applied"
    );
    let source = import::source(&world.market, maker.owner, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((source.changes, source.next_at), (2, None));

    apply(&world, &maker, id, &keys).await;
    assert_eq!(here(&world, &maker, id).await, pair("26.00", "5"));
    let edit = product::form(&world.market, maker.owner, id).await.unwrap();
    assert_eq!(edit.form.title, "Speckled cup");
    assert!(look(&world, &maker, id).await.changes.is_empty());
}

async fn rule_k3_what_is_not_applied_is_let_go(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByHand).await;
    shop.sells(
        "/mug",
        &Product {
            price: "26.00",
            ..MUG
        },
    );
    assert_eq!(look(&world, &maker, id).await.changes.len(), 1);
    apply(&world, &maker, id, &[]).await;
    assert!(look(&world, &maker, id).await.changes.is_empty());
    assert_eq!(here(&world, &maker, id).await, pair("24.50", "5"));
    // A price in another currency can only be looked at.
    shop.sells(
        "/mug",
        &Product {
            price: "300",
            currency: "SEK",
            ..MUG
        },
    );
    let seen = look(&world, &maker, id).await;
    assert_eq!(
        (seen.changes.len(), seen.changes[0].after.clone()),
        (1, None)
    );
    apply(&world, &maker, id, &[seen.changes[0].key.as_str()]).await;
    assert_eq!(here(&world, &maker, id).await, pair("24.50", "5"));
}

async fn rule_k3_a_product_follows_its_source_if_its_maker_chose_so(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    shop.sells("/bowl", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let mug = world
        .published_from(&maker, &shop.url("/mug"), 5, KeepInStep::ByItself)
        .await;
    let bowl = world
        .published_from(&maker, &shop.url("/bowl"), 5, KeepInStep::ByHand)
        .await;
    for path in ["/mug", "/bowl"] {
        shop.sells(
            path,
            &Product {
                title: "Renamed",
                price: "26.00",
                ..MUG
            },
        );
    }
    world.read().await;
    assert_eq!(
        here(&world, &maker, mug).await,
        pair("24.50", "5"),
        "not due yet"
    );

    world.wait_minutes(2 * DAYS);
    world.read().await;
    assert_eq!(here(&world, &maker, mug).await, pair("26.00", "5"));
    assert_eq!(here(&world, &maker, bowl).await, pair("24.50", "5"));
    assert_eq!((shop.asked_for("/mug"), shop.asked_for("/bowl")), (2, 1));
    // The title is the maker's to decide.
    let seen = import::differences(&world.market, maker.owner, mug)
        .await
        .unwrap();
    let keys: Vec<&str> = seen
        .changes
        .iter()
        .map(|change| change.key.as_str())
        .collect();
    assert_eq!(keys, ["title"]);
    world.read().await;
    assert_eq!(shop.asked_for("/mug"), 2, "once in a period");
}

async fn rule_k3_sold_out_at_the_source_means_sold_out_here(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByItself).await;
    let offer = offered(&world, &maker, id, 4).await;
    let before = world.wallet(&maker).await;
    assert_eq!(world.marketplace(None).await.len(), 1);

    shop.sells(
        "/mug",
        &Product {
            in_stock: false,
            ..MUG
        },
    );
    world.wait_minutes(2 * DAYS);
    world.read().await;
    assert_eq!(here(&world, &maker, id).await, pair("24.50", "0"));
    assert!(world.marketplace(None).await.is_empty(), "R7");
    assert_eq!(world.escrow(offer).await, 0, "R4");
    assert_eq!(world.wallet(&maker).await, before + 4 * 300);

    // Back there, what had been taken is back here.
    shop.sells("/mug", &MUG);
    world.wait_minutes(2 * DAYS);
    world.read().await;
    assert_eq!(here(&world, &maker, id).await, pair("24.50", "5"));
}

async fn rule_k3_a_source_that_fails_is_asked_less_and_less(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByItself).await;
    shop.says("/mug", 503, "later");
    let mut asked = Vec::new();
    for _ in 0..16 {
        world.wait_minutes(DAYS);
        world.read().await;
        asked.push(shop.asked_for("/mug") - 1);
    }
    let last = *asked.last().unwrap();
    assert!((3..=5).contains(&last), "in sixteen days: {asked:?}");
    let source = import::source(&world.market, maker.owner, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(source.problem, Some(ImportProblem::ShopFailed));
    assert_eq!(
        here(&world, &maker, id).await,
        pair("24.50", "5"),
        "an error says nothing about stock"
    );

    shop.sells(
        "/mug",
        &Product {
            price: "26.00",
            ..MUG
        },
    );
    let seen = look(&world, &maker, id).await;
    assert_eq!((seen.source.problem, seen.changes.len()), (None, 1));
}

async fn rule_k3_a_page_that_is_the_same_is_not_read_again(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByHand).await;
    let tag = world.text("SELECT etag FROM sources").await;
    world.wait_minutes(10);
    let seen = look(&world, &maker, id).await;
    assert_eq!(seen.source.read_at, world.market.now());
    assert_eq!(world.text("SELECT etag FROM sources").await, tag);
    assert_eq!(shop.not_modified(), 1);
}

async fn rule_k3_units_on_hold_stay_when_the_source_sells_out(world: World) {
    let (shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByHand).await;
    let offer = offered(&world, &maker, id, 5).await;
    // Two are on hold, as during a checkout.
    world.execute("UPDATE variants SET held = 2").await.unwrap();
    shop.sells(
        "/mug",
        &Product {
            in_stock: false,
            ..MUG
        },
    );
    let seen = look(&world, &maker, id).await;
    assert_eq!(seen.changes[0].after.as_deref(), Some("2"));
    apply(&world, &maker, id, &[seen.changes[0].key.as_str()]).await;
    assert_eq!(here(&world, &maker, id).await, pair("24.50", "2"));
    assert_eq!(
        world.escrow(offer).await,
        2 * 300,
        "R4: as many as are on hand"
    );
    world.execute("UPDATE variants SET held = 0").await.unwrap();
}

async fn rule_k3_a_source_is_its_makers_alone(world: World) {
    let (_shop, world, maker, id) = with_a_mug(&world, KeepInStep::ByHand).await;
    let other = world.store("Corner Books").await;
    let (market, owner) = (&world.market, other.owner);
    let form = RefreshForm {
        apply: vec!["title".into()],
        shown: String::new(),
    };
    assert!(matches!(
        import::source(market, owner, id).await,
        Err(Error::NotFound(_))
    ));
    assert!(matches!(
        import::differences(market, owner, id).await,
        Err(Error::NotFound(_))
    ));
    assert!(matches!(
        import::look_again(market, owner, id).await,
        Err(Error::NotFound(_))
    ));
    assert!(matches!(
        import::apply(market, owner, id, form).await,
        Err(Error::NotFound(_))
    ));
    let step = import::keep_in_step(market, owner, id, KeepInStep::ByItself).await;
    assert!(matches!(step, Err(Error::NotFound(_))));
    // A product of one's own that was not imported has no source.
    let plate = world.product(&maker, "Plate", 900, 1).await;
    let none = import::source(market, maker.owner, plate.id).await.unwrap();
    assert_eq!(none, None);
}
