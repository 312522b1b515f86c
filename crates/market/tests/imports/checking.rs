//! K2: nothing is a product before a person has looked at it, and what she says goes.

use crate::fixture::{MUG, Product, Shop};
use market::{Error, Refusal, import, product};
use model::{Currency, ImportProblem, ImportState, Pasted, ProductState};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_k2_nothing_is_published_without_a_look,
    rule_k2_a_draft_can_be_saved_and_published_later,
    rule_k2_a_price_in_another_currency_is_asked_for,
    rule_k2_variants_become_lines_and_keep_their_counterparts,
    rule_k2_sold_out_there_starts_with_none_here,
    rule_k2_a_link_that_failed_can_be_filled_in_by_hand,
    rule_k2_it_becomes_one_product_however_often_it_is_sent,
    rule_k2_pictures_of_another_import_can_not_be_taken,
);

async fn rule_k2_nothing_is_published_without_a_look(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    assert_eq!(world.count("products").await, 0);

    let made = world
        .publish(&maker, id, |form| {
            form.title = "A mug of mine".into();
            form.variants[0].stock = "4".into();
            form.pictures[0].alt = "The mug, from above".into();
        })
        .await;
    let edit = product::form(&world.market, maker.owner, made)
        .await
        .unwrap();
    assert_eq!(
        (edit.state, edit.form.title.as_str()),
        (ProductState::Published, "A mug of mine")
    );
    let variant = &edit.form.variants[0];
    assert_eq!(
        (variant.price.as_str(), variant.stock.as_str()),
        ("24.50", "4")
    );
    assert_eq!(edit.pictures[0].alt, "The mug, from above");
    assert_eq!(
        world.picture_files(),
        2,
        "the copied picture is the product's"
    );
    let check = world.import(&maker, id).await;
    assert_eq!(
        (check.import.state, check.import.product),
        (ImportState::Saved, Some(made))
    );
    let source = import::source(&world.market, maker.owner, made)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((source.url, source.changes), (shop.url("/mug"), 0));
}

async fn rule_k2_a_draft_can_be_saved_and_published_later(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let mut form = world.import(&maker, id).await.form;
    // Without the picture.
    form.pictures[0].chosen.clear();
    let new = form.validate(Currency::Usd).unwrap();
    let made = import::save(&world.market, maker.owner, id, new)
        .await
        .unwrap();
    let edit = product::form(&world.market, maker.owner, made)
        .await
        .unwrap();
    assert_eq!((edit.state, edit.pictures.len()), (ProductState::Draft, 0));
    assert_eq!(world.picture_files(), 0, "what nobody chose is deleted");
    assert!(world.marketplace(None).await.is_empty());
    product::publish(&world.market, maker.owner, made)
        .await
        .unwrap();
}

async fn rule_k2_a_price_in_another_currency_is_asked_for(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells(
        "/mug",
        &Product {
            price: "1049.95",
            currency: "SEK",
            ..MUG
        },
    );
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let check = world.import(&maker, id).await;
    let other = check.other_currency.unwrap();
    assert_eq!(
        (other.currency.as_str(), other.price.as_str()),
        ("SEK", "1049.95 SEK")
    );
    let mut form = check.form;
    form.category = "kitchen".into();
    assert_eq!(form.variants[0].price, "", "never converted");
    let wrong = form.validate(Currency::Usd).unwrap_err();
    assert_eq!(wrong[0].field, "variants[0][price]");
}

async fn rule_k2_sold_out_there_starts_with_none_here(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells(
        "/mug",
        &Product {
            in_stock: false,
            ..MUG
        },
    );
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    assert_eq!(world.import(&maker, id).await.form.variants[0].stock, "0");
}

async fn rule_k2_a_link_that_failed_can_be_filled_in_by_hand(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.says("/mug", 403, "no");
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let check = world.import(&maker, id).await;
    assert_eq!(check.import.problem, Some(ImportProblem::Blocked));
    let made = world
        .publish(&maker, id, |form| {
            form.title = "A mug".into();
            form.variants[0].price = "12".into();
            form.variants[0].stock = "3".into();
        })
        .await;
    assert_eq!(
        world.paste(&maker, &shop.url("/mug")).await,
        Pasted::Product(made),
        "the link is remembered"
    );
}

async fn rule_k2_it_becomes_one_product_however_often_it_is_sent(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let Pasted::Import(id) = world.paste(&maker, &shop.url("/mug")).await else {
        panic!("nothing was imported before")
    };
    let mut form = world.import(&maker, id).await.form;
    form.title = "Too soon".into();
    form.category = "kitchen".into();
    form.variants[0].price = "1".into();
    form.variants[0].stock = "1".into();
    let new = form.validate(Currency::Usd).unwrap();
    let early = import::save(&world.market, maker.owner, id, new).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::ImportPast(_)))));

    world.read().await;
    let mut form = world.import(&maker, id).await.form;
    form.category = "kitchen".into();
    let new = form.validate(Currency::Usd).unwrap();
    let (market, owner) = (&world.market, maker.owner);
    let (one, two) = tokio::join!(
        import::publish(market, owner, id, new.clone()),
        import::publish(market, owner, id, new)
    );
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(world.count("products").await, 1);
}

async fn rule_k2_pictures_of_another_import_can_not_be_taken(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    shop.sells("/bowl", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let hers = world.imported(&maker, &shop.url("/mug")).await;
    let mine = world.imported(&other, &shop.url("/bowl")).await;
    let mut form = world.import(&other, mine).await.form;
    form.category = "kitchen".into();
    form.pictures = world.import(&maker, hers).await.form.pictures;
    let new = form.validate(Currency::Usd).unwrap();
    let taken = import::publish(&world.market, other.owner, mine, new).await;
    assert!(matches!(taken, Err(Error::NotFound("picture"))));
    assert_eq!(world.import(&maker, hers).await.pictures.len(), 1);
}

async fn rule_k2_variants_become_lines_and_keep_their_counterparts(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells_in_sizes(
        "/shirt",
        &[
            ("S", "40.00", true),
            ("M", "41.00", true),
            ("L", "42.00", false),
        ],
    );
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/shirt")).await;
    let check = world.import(&maker, id).await;
    let lines: Vec<_> = check
        .form
        .variants
        .iter()
        .map(|line| (line.name.as_str(), line.price.as_str(), line.stock.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            ("S", "40.00", "1"),
            ("M", "41.00", "1"),
            ("L", "42.00", "0")
        ]
    );
    let prices = check.found.iter().filter(|found| found.field.is_price());
    assert_eq!(prices.count(), 3);

    // The first line is left out, the others change their order and their names.
    let made = world
        .publish(&maker, id, |form| {
            form.variants.remove(0);
            form.variants.swap(0, 1);
            form.variants[0].name = "Large".into();
            form.variants[1].name = "Medium".into();
            form.variants[1].stock = "6".into();
        })
        .await;
    shop.sells_in_sizes(
        "/shirt",
        &[
            ("S", "40.00", true),
            ("M", "45.00", false),
            ("L", "42.00", false),
        ],
    );
    let seen = import::look_again(&world.market, maker.owner, made)
        .await
        .unwrap();
    let shown: Vec<_> = seen
        .changes
        .iter()
        .map(|change| (change.label.as_str(), change.after.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Price of Medium", Some("$45.00")),
            ("Stock of Medium", Some("0"))
        ]
    );
}
