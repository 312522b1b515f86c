//! K2: what a pasted link becomes while it is read.

use crate::fixture::{MUG, Product, Shop};
use market::{Error, Refusal, import};
use model::{FieldName, ImportProblem, ImportState, PageRequest, Pasted, VariantColumn};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_k2_a_link_becomes_a_draft_to_check,
    rule_k2_the_same_page_pasted_again_leads_to_where_it_is,
    rule_k1_another_address_of_a_known_page_leads_to_its_product,
    rule_k2_what_is_no_product_says_what_it_is,
    rule_k2_what_failed_can_be_read_again,
    rule_k2_a_link_that_must_not_be_followed_is_refused_at_once,
    rule_k2_what_one_worker_left_another_takes_up,
    rule_k2_two_workers_read_a_page_once,
    rule_k2_a_store_has_so_many_links_read_in_an_hour,
    what_is_thrown_away_leaves_no_pictures,
    what_nobody_checks_goes_after_a_month,
    an_import_is_its_stores_alone,
);

async fn rule_k2_a_link_becomes_a_draft_to_check(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let Pasted::Import(id) = world.paste(&maker, &shop.url("/mug?utm_source=mail")).await else {
        panic!("nothing was imported before")
    };
    assert_eq!(
        world.import(&maker, id).await.import.state,
        ImportState::Waiting
    );

    world.read().await;
    let check = world.import(&maker, id).await;
    assert_eq!(check.import.state, ImportState::Ready);
    assert_eq!(check.import.url, shop.url("/mug"));
    assert_eq!(check.form.title, "Speckled mug");
    assert_eq!(check.form.description, "Speckled mug, made by hand.");
    let variant = &check.form.variants[0];
    assert_eq!(
        (variant.price.as_str(), variant.sku.as_str()),
        ("24.50", "KC-7")
    );
    assert_eq!(check.pictures.len(), 1);
    assert_eq!(world.picture_files(), 2);
    for field in [
        FieldName::Title,
        FieldName::Variant(0, VariantColumn::Price),
        FieldName::Brand,
    ] {
        assert!(
            check.found.iter().any(|found| found.field == field),
            "{field}"
        );
    }
    assert_eq!(
        world.count("products").await,
        0,
        "nobody has looked at it yet"
    );
}

async fn rule_k2_the_same_page_pasted_again_leads_to_where_it_is(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let first = world.paste(&maker, &shop.url("/mug")).await;
    assert_eq!(world.paste(&maker, &shop.url("/mug/?gclid=x")).await, first);
    let id = world.imported(&maker, &shop.url("/mug#reviews")).await;
    assert_eq!(Pasted::Import(id), first);

    let product = world.publish(&maker, id, |_| {}).await;
    assert_eq!(
        world.paste(&maker, &shop.url("/mug")).await,
        Pasted::Product(product)
    );
    // Once it is gone for good, the page can be imported anew.
    market::product::archive(&world.market, maker.owner, product, None)
        .await
        .unwrap();
    assert_eq!(world.imported(&maker, &shop.url("/mug")).await, id);
    assert_eq!(
        world.import(&maker, id).await.import.state,
        ImportState::Ready
    );
    assert_eq!(world.count("imports").await, 1);
}

async fn rule_k1_another_address_of_a_known_page_leads_to_its_product(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let twin = Product {
        canonical: Some("/mug"),
        ..MUG
    };
    shop.sells("/winter-sale/mug", &twin);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let product = world.publish(&maker, id, |_| {}).await;

    let link = shop.url("/winter-sale/mug");
    let twin = world.imported(&maker, &link).await;
    let import = world.import(&maker, twin).await.import;
    assert_eq!(
        (import.state, import.product),
        (ImportState::Saved, Some(product))
    );
    assert_eq!(world.paste(&maker, &link).await, Pasted::Product(product));
    assert_eq!(shop.asked_for("/winter-sale/mug"), 1);
}

async fn rule_k2_what_is_no_product_says_what_it_is(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let maker = world.store("Kiln & Clay").await;
    shop.says("/secret", 403, "no");
    shop.says("/broken", 500, "oh");
    shop.says(
        "/log-in",
        200,
        "<title>Log in</title><h1>Log in</h1><form><input name=email><input type=password name=p><button>Log in</button></form>",
    );
    for (path, problem) in [
        ("/secret", ImportProblem::Blocked),
        ("/gone", ImportProblem::Gone),
        ("/broken", ImportProblem::ShopFailed),
        ("/log-in", ImportProblem::LogIn),
    ] {
        let id = world.imported(&maker, &shop.url(path)).await;
        let check = world.import(&maker, id).await;
        assert_eq!(check.import.state, ImportState::Failed, "{path}");
        assert_eq!(check.import.problem, Some(problem), "{path}");
        assert_eq!(check.form.variants.len(), 1, "it can be filled in by hand");
    }
}

async fn rule_k2_what_failed_can_be_read_again(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    shop.sells("/mug", &MUG);
    import::again(&world.market, maker.owner, id).await.unwrap();
    world.read().await;
    let check = world.import(&maker, id).await;
    assert_eq!(
        (check.import.state, check.import.problem),
        (ImportState::Ready, None)
    );
    let twice = import::again(&world.market, maker.owner, id).await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::ImportPast(_)))));
}

async fn rule_k2_a_link_that_must_not_be_followed_is_refused_at_once(world: World) {
    let (_, world) = Shop::open(&world).await;
    let maker = world.store("Kiln & Clay").await;
    for link in [
        "",
        "a mug",
        "http://127.0.0.1/mug",
        "http://10.0.0.1/mug",
        "http://2130706433/mug",
        "http://[::1]/mug",
        "http://localhost/mug",
        "ftp://shop.example/mug",
        "https://ok.example@shop.example/mug",
        "http://127.0.0.1:3000/s/kiln/mug",
        "/s/kiln",
    ] {
        let refused = world.try_paste(&maker, link).await;
        assert!(
            matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == "link"),
            "{link}"
        );
    }
    assert_eq!(world.count("imports").await, 0);
}

async fn rule_k2_what_one_worker_left_another_takes_up(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    // As if the process had ended in the middle of the pictures, its lease still running.
    let soon = world.market.now().plus_minutes(1);
    let cut_off = format!(
        "UPDATE imports SET state = 'pictures', taken_until = {}",
        soon.0
    );
    world.execute(&cut_off).await.unwrap();

    world.read().await;
    assert_eq!(
        world.import(&maker, id).await.import.state,
        ImportState::Pictures
    );
    world.wait_minutes(2);
    world.read().await;
    let check = world.import(&maker, id).await;
    assert_eq!(
        (check.import.state, check.pictures.len()),
        (ImportState::Ready, 1)
    );
    assert_eq!(
        shop.asked_for("/mug"),
        1,
        "what was found is not asked for again"
    );
}

async fn rule_k2_two_workers_read_a_page_once(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let Pasted::Import(id) = world.paste(&maker, &shop.url("/mug")).await else {
        panic!("nothing was imported before")
    };
    let other = world.with(|_| {}).await;
    tokio::join!(world.read(), other.read());
    assert_eq!(
        world.import(&maker, id).await.import.state,
        ImportState::Ready
    );
    assert_eq!(shop.asked_for("/mug"), 1);
}

async fn rule_k2_a_store_has_so_many_links_read_in_an_hour(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let world = world.with(|settings| settings.imports_per_hour = 2).await;
    let maker = world.store("Kiln & Clay").await;
    world.paste(&maker, &shop.url("/1")).await;
    world.paste(&maker, &shop.url("/2")).await;
    let third = world.try_paste(&maker, &shop.url("/3")).await;
    assert!(matches!(
        third,
        Err(Error::Refused(Refusal::ImportsPerHour { most: 2 }))
    ));
    // The same link once more asks for nothing.
    world.paste(&maker, &shop.url("/1")).await;
    // Others have their own.
    let other = world.store("Corner Books").await;
    world.paste(&other, &shop.url("/1")).await;
    world.wait_minutes(61);
    world.paste(&maker, &shop.url("/3")).await;
}

async fn what_is_thrown_away_leaves_no_pictures(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    assert_eq!(world.picture_files(), 2);
    import::discard(&world.market, maker.owner, id)
        .await
        .unwrap();
    assert_eq!(world.picture_files(), 0);
    let desk = import::desk(&world.market, maker.owner, PageRequest::FIRST)
        .await
        .unwrap();
    assert!(desk.imports.rows.is_empty());
    // Pasted again, it is read anew.
    assert_eq!(world.imported(&maker, &shop.url("/mug")).await, id);
    assert_eq!(shop.asked_for("/mug"), 2);
}

async fn what_nobody_checks_goes_after_a_month(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells("/mug", &MUG);
    let maker = world.store("Kiln & Clay").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    assert_eq!(import::sweep(&world.market).await.unwrap(), 0);
    world.wait_minutes(31 * 24 * 60);
    assert_eq!(import::sweep(&world.market).await.unwrap(), 1);
    assert_eq!(
        world.import(&maker, id).await.import.state,
        ImportState::Discarded
    );
    assert_eq!(world.picture_files(), 0);
}

async fn an_import_is_its_stores_alone(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.sells(
        "/mug",
        &Product {
            picture: false,
            ..MUG
        },
    );
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let id = world.imported(&maker, &shop.url("/mug")).await;
    let seen = import::one(&world.market, other.owner, id).await;
    assert!(matches!(seen, Err(Error::NotFound(_))));
    let thrown = import::discard(&world.market, other.owner, id).await;
    assert!(matches!(thrown, Err(Error::NotFound(_))));
    // The same page is the other's to import too.
    assert_ne!(world.imported(&other, &shop.url("/mug")).await, id);
}
