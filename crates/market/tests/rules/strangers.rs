//! Everything a stranger may do has a bound: holds that are not paid, carts, what a store makes, how long a search may
//! take.

use market::cart::{Wanted, Whose};
use market::session::{self, StoredSession};
use market::{Error, Refusal, cart, checkout, search};
use model::{MarketFilters, OrderState};
use std::time::Duration;
use trial::both_engines;
use trial::world::{Card, Product, Store, World};

both_engines!(
    rule_c3_a_guest_without_money_cannot_empty_the_market,
    rule_c3_a_makers_tokens_are_not_held_without_bound_either,
    rule_c3_a_cart_of_sixty_lines_is_set_aside_whole,
    rule_c3_people_at_one_address_do_not_notice_each_other,
    rule_c3_checkouts_of_one_place_at_the_same_moment_are_counted_one_after_the_other,
    rule_c3_who_lets_holds_go_gets_shorter_ones,
    rule_c3_giving_up_just_before_the_end_counts_as_well,
    rule_c3_who_bought_before_answers_for_herself_only,
    rule_b6_where_a_checkout_came_from_is_forgotten,
    rule_b2_guests_carts_are_thrown_away_but_not_one_being_paid_for,
    rule_b2_a_cart_that_was_thrown_away_is_replaced,
    rule_b3_a_store_makes_so_many_products_in_an_hour_and_in_all,
    rule_b3_a_store_opens_so_many_offers_in_an_hour,
    rule_b3_a_product_has_so_many_variants_in_its_life,
    rule_b1_an_account_has_so_many_log_ins_and_the_newest_stay,
    rule_b5_a_search_that_takes_too_long_is_ended,
);

/// A market of one store, whose products come in thirty variants of a hundred units each, as seen from a place.
async fn full_shelves(world: &World, products: usize) -> (Store, Vec<Product>) {
    let maker = world.store("Kiln & Clay").await;
    let names: Vec<String> = (1..=12).map(|number| format!("No {number}")).collect();
    let variants: Vec<_> = names.iter().map(|name| (name.as_str(), 500, 100)).collect();
    let mut made = Vec::new();
    for number in 0..products {
        let title = format!("Bowl {number}");
        made.push(world.product_in_variants(&maker, &title, &variants).await);
    }
    (maker, made)
}

fn is_full(answer: &market::Result<()>) -> bool {
    matches!(answer, Err(Error::Refused(Refusal::HoldsFull { .. })))
}

async fn rule_c3_a_guest_without_money_cannot_empty_the_market(world: World) {
    let (maker, bowls) = full_shelves(&world, 20).await;
    let stranger = world.visited_from("192.0.2.1");
    for some in bowls.chunks(5) {
        let _ = stranger.try_hold(&maker, some, 99).await;
    }
    let held = world.units_on_hold().await;
    assert!((1..=600).contains(&held), "{held} of 2000 are on hold");

    let shopper = world.visited_from("192.0.2.2");
    shopper.try_hold(&maker, &bowls[19..], 1).await.unwrap();
}

async fn rule_c3_a_makers_tokens_are_not_held_without_bound_either(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let mut bowls = Vec::new();
    for number in 0..10 {
        let bowl = world
            .product(&maker, &format!("Bowl {number}"), 500, 99)
            .await;
        world.offer(&maker, &bowl, 10, 99).await;
        world.shelf(&reseller, &bowl).await;
        bowls.push(bowl);
    }
    let stranger = world.visited_from("192.0.2.1");
    for bowl in &bowls {
        let _ = stranger
            .try_hold(&reseller, std::slice::from_ref(bowl), 99)
            .await;
    }
    let covered = world.number("SELECT SUM(held_units) FROM offers").await;
    assert!((1..=600).contains(&covered), "{covered} of 990 are held");
}

async fn rule_c3_a_cart_of_sixty_lines_is_set_aside_whole(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mut bowls = Vec::new();
    for number in 0..60 {
        bowls.push(
            world
                .product(&maker, &format!("Bowl {number}"), 90_000, 10)
                .await,
        );
    }
    let shopper = world.visited_from("192.0.2.1");
    shopper.try_hold(&maker, &bowls, 10).await.unwrap();
    assert_eq!(world.units_on_hold().await, 600);
}

async fn rule_c3_people_at_one_address_do_not_notice_each_other(world: World) {
    let (maker, bowls) = full_shelves(&world, 30).await;
    let home = world.visited_from("192.0.2.1");
    for some in bowls.chunks(10) {
        home.try_hold(&maker, some, 3).await.unwrap();
    }
    // One of them never finishes, and tries again later.
    world.wait_minutes(16);
    world.tick().await;
    home.try_hold(&maker, &bowls[..10], 3).await.unwrap();
    assert_eq!(world.units_on_hold().await, 30);
}

async fn rule_c3_checkouts_of_one_place_at_the_same_moment_are_counted_one_after_the_other(
    world: World,
) {
    let (maker, bowls) = full_shelves(&world, 20).await;
    let stranger = world.visited_from("192.0.2.1");
    let mut carts = Vec::new();
    for some in bowls.chunks(4) {
        let lines: Vec<_> = some.iter().map(|bowl| (&maker, bowl, 75)).collect();
        carts.push(stranger.cart(&lines).await);
    }
    let all = carts.into_iter().map(|cart| {
        let stranger = stranger.clone();
        tokio::spawn(async move { stranger.pay(cart, Card::SecondStep).await.map(|_| ()) })
    });
    let mut answers = Vec::new();
    for one in all.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 2);
    assert_eq!(answers.iter().filter(|answer| is_full(answer)).count(), 3);
    assert_eq!(world.units_on_hold().await, 600);
}

async fn rule_c3_who_lets_holds_go_gets_shorter_ones(world: World) {
    let (maker, bowls) = full_shelves(&world, 6).await;
    let stranger = world.visited_from("192.0.2.1");
    let minutes = async || {
        world
            .number("SELECT (hold_expires_at - created_at) / 60000 FROM orders ORDER BY id DESC LIMIT 1")
            .await
    };
    let mut lasted = Vec::new();
    for _ in 0..5 {
        let answer = stranger.try_hold(&maker, &bowls, 90).await;
        if is_full(&answer) {
            lasted.push(0);
        } else {
            answer.unwrap();
            lasted.push(minutes().await);
        }
        world.wait_minutes(16);
        world.tick().await;
    }
    assert_eq!(lasted, [15, 15, 0, 0, 0]);
    stranger.try_hold(&maker, &bowls, 10).await.unwrap();
    assert_eq!(minutes().await, 5);

    // It is not for ever.
    world.wait_minutes(7 * 60);
    world.tick().await;
    stranger.try_hold(&maker, &bowls, 90).await.unwrap();
    assert_eq!(minutes().await, 15);
}

async fn rule_c3_giving_up_just_before_the_end_counts_as_well(world: World) {
    let (maker, bowls) = full_shelves(&world, 6).await;
    let stranger = world.visited_from("192.0.2.1");
    let lines: Vec<_> = bowls.iter().map(|bowl| (&maker, bowl, 90)).collect();
    let cart = stranger.cart(&lines).await;
    let mut refused = false;
    for _ in 0..4 {
        let answer = stranger.pay(cart, Card::SecondStep).await.map(|_| ());
        refused = refused || is_full(&answer);
        world.wait_minutes(14);
    }
    assert!(
        refused,
        "the same stock can't be kept by always trying anew"
    );
}

async fn rule_c3_who_bought_before_answers_for_herself_only(world: World) {
    let (maker, bowls) = full_shelves(&world, 8).await;
    let buyer = world.store("A shopper's store").await.account();
    world.buy_as(buyer, &[(&maker, &bowls[7], 1)]).await;
    let place = world.visited_from("192.0.2.1");
    place.try_hold(&maker, &bowls[..6], 99).await.unwrap();
    assert!(is_full(&place.try_hold(&maker, &bowls[7..], 9).await));

    place.buy_as(buyer, &[(&maker, &bowls[7], 9)]).await;
}

async fn rule_b6_where_a_checkout_came_from_is_forgotten(world: World) {
    let (maker, bowls) = full_shelves(&world, 1).await;
    let place = world.visited_from("192.0.2.1");
    place.try_hold(&maker, &bowls, 1).await.unwrap();
    let source = world.text("SELECT source FROM orders").await;
    assert!(source.len() == 32 && !source.contains("192.0"), "{source}");

    world.wait_minutes(2 * 24 * 60 + 1);
    world.tick().await;
    checkout::forget_sources(&world.market).await.unwrap();
    market::secret::sweep(&world.market).await.unwrap();
    for rows in [
        "SELECT COUNT(*) FROM orders WHERE source IS NOT NULL",
        "SELECT COUNT(*) FROM holders",
        "SELECT COUNT(*) FROM secrets",
    ] {
        assert_eq!(world.number(rows).await, 0, "{rows}");
    }
}

async fn rule_b2_guests_carts_are_thrown_away_but_not_one_being_paid_for(world: World) {
    let world = world.with(|settings| settings.hold_minutes = 120).await;
    let (maker, bowls) = full_shelves(&world, 1).await;
    let buyer = world.store("A shopper's store").await.account();
    for _ in 0..3 {
        world.cart(&[]).await;
    }
    let mine = cart::new(&world.market, Some(buyer)).await.unwrap();
    let full = world.cart(&[(&maker, &bowls[0], 1)]).await;
    assert_eq!(cart::sweep(&world.market).await.unwrap(), 0, "not at once");

    world.wait_minutes(24 * 60 + 1);
    assert_eq!(cart::sweep(&world.market).await.unwrap(), 3);
    world.wait_minutes(29 * 24 * 60);
    let paying = world.hold(&[(&maker, &bowls[0], 1)]).await;
    world
        .execute("UPDATE carts SET created_at = 0")
        .await
        .unwrap();
    world
        .execute("UPDATE cart_lines SET added_at = 1")
        .await
        .unwrap();
    assert_eq!(cart::sweep(&world.market).await.unwrap(), 1);

    let left = "SELECT COUNT(*) FROM carts WHERE id IN";
    assert_eq!(
        world
            .number(&format!("{left} ({mine}, {})", paying.cart))
            .await,
        2
    );
    assert_eq!(world.number(&format!("{left} ({full})")).await, 0);
    assert_eq!(world.order(&paying.secret).await.state, OrderState::Held);
    world.approve(&paying).await;
}

async fn rule_b2_a_cart_that_was_thrown_away_is_replaced(world: World) {
    let (maker, bowls) = full_shelves(&world, 1).await;
    let gone = world.cart(&[]).await;
    world.wait_minutes(24 * 60 + 1);
    cart::sweep(&world.market).await.unwrap();

    let page = world.page(&maker, &bowls[0], None).await.unwrap();
    let (listing, variant) = (page.listing.unwrap(), bowls[0].variants[0]);
    let put = async |cart, units| {
        let whose = Whose {
            cart: Some(cart),
            ..Whose::default()
        };
        let wanted = Wanted::units(listing, variant, units);
        cart::put(&world.market, whose, wanted).await.unwrap().cart
    };
    let own = put(gone, 2).await;
    assert_ne!(own, gone);
    assert_eq!(cart::units(&world.market, own).await.unwrap(), 2);
    assert_eq!(put(own, 1).await, own);
}

async fn rule_b3_a_store_makes_so_many_products_in_an_hour_and_in_all(world: World) {
    let world = world
        .with(|settings| {
            settings.products_per_hour = 3;
            settings.products_per_store = 5;
        })
        .await;
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let try_make = async |store: &Store| {
        let form = model::ProductForm {
            title: "Bowl".into(),
            category: "kitchen".into(),
            variants: vec![model::VariantForm {
                price: "5".into(),
                stock: "1".into(),
                ..model::VariantForm::default()
            }],
            ..model::ProductForm::default()
        };
        let new = form.validate(model::Currency::Usd).unwrap();
        market::product::create(&world.market, store.owner, new).await
    };
    for _ in 0..3 {
        try_make(&maker).await.unwrap();
    }
    assert!(matches!(
        try_make(&maker).await,
        Err(Error::Refused(Refusal::ProductsPerHour { most: 3 }))
    ));
    try_make(&other).await.unwrap();
    world.wait_minutes(61);
    for _ in 0..2 {
        try_make(&maker).await.unwrap();
    }
    assert!(matches!(
        try_make(&maker).await,
        Err(Error::Refused(Refusal::ProductsFull { most: 5 }))
    ));
}

async fn rule_b3_a_store_opens_so_many_offers_in_an_hour(world: World) {
    let world = world.with(|settings| settings.products_per_hour = 2).await;
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 500, 5).await;
    for _ in 0..2 {
        let offer = world.offer(&maker, &mug, 1, 1).await;
        world.revoke(&maker, offer).await.unwrap();
    }
    assert!(matches!(
        world.try_offer(&maker, &mug, 1, 1).await,
        Err(Error::Refused(Refusal::OffersPerHour { most: 2 }))
    ));
    world.wait_minutes(61);
    world.offer(&maker, &mug, 1, 1).await;
}

async fn rule_b3_a_product_has_so_many_variants_in_its_life(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 500, 5).await;
    let mut saved = 0;
    let refused = loop {
        let save = world.edit(&maker, &mug, |form| {
            let one = form.variants[0].clone();
            for variant in &mut form.variants {
                variant.remove = "true".into();
            }
            for number in 0..model::limits::VARIANTS {
                form.variants.push(model::VariantForm {
                    id: String::new(),
                    name: format!("{saved} {number}"),
                    ..one.clone()
                });
            }
        });
        match save.await {
            Ok(()) => saved += 1,
            Err(refused) => break refused,
        }
        assert!(saved < 20, "there is no end to it");
    };
    assert!(matches!(refused, Error::Refused(Refusal::VariantsFull)));
    assert!(saved >= 5, "an honest maker changes her mind now and then");
}

async fn rule_b1_an_account_has_so_many_log_ins_and_the_newest_stay(world: World) {
    let account = world.store("Kiln & Clay").await.account();
    let other = world.store("Corner Books").await.account();
    let log_in = async |id: String, account, ends| {
        let new = StoredSession {
            account: Some(account),
            data: "{}".into(),
            expires_at: world.market.now().plus_days(ends),
        };
        session::create(&world.market, &id, new).await.unwrap();
    };
    log_in("other".into(), other, 1).await;
    for number in 1..=60 {
        log_in(format!("{number}"), account, number).await;
    }
    assert_eq!(world.count("sessions").await, 51);
    for (id, stays) in [("10", false), ("11", true), ("60", true), ("other", true)] {
        let there = session::load(&world.market, id).await.unwrap().is_some();
        assert_eq!(there, stays, "{id}");
    }
}

async fn rule_b5_a_search_that_takes_too_long_is_ended(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let mug = world.product(&maker, "Mug", 500, 5).await;
    world.offer(&maker, &mug, 1, 1).await;
    world.shelf(&reseller, &mug).await;
    world
        .execute(&format!(
            "UPDATE products SET search_text = '{}'",
            "a".repeat(5_000)
        ))
        .await
        .unwrap();
    for round in 0..10 {
        let twice_as_many = format!(
            "INSERT INTO products (store_id, slug, title, description, category, state, search_text, created_at, \
             updated_at, published_at) \
             SELECT store_id, 'mug-{round}-' || id, title, description, category, state, search_text, created_at, \
             updated_at, published_at FROM products"
        );
        world.execute(&twice_as_many).await.unwrap();
    }
    let slow = world
        .with(|settings| settings.slowest_read = Duration::from_millis(100))
        .await;
    let filters = MarketFilters {
        search: format!("{}b", "a".repeat(40)),
        ..MarketFilters::default()
    };
    let owned = market::product::mine(
        &slow.market,
        maker.owner,
        &filters.search,
        model::PageRequest::FIRST,
    );
    assert!(owned.await.is_err_and(|error| error.is_busy()));
    // The connection is as good as before.
    search::marketplace(&slow.market, None, MarketFilters::default())
        .await
        .unwrap();
    let found = search::marketplace(&world.market, None, filters)
        .await
        .unwrap();
    assert_eq!(found.products.total, 0);
}
