//! What is sent twice is done once, and a session holds next to nothing.

use market::cart::{Wanted, Whose};
use market::once::{self, Sending};
use market::session::{self, StoredSession};
use market::{Error, cart, offer, product};
use model::{Currency, Money, NewProduct, OfferTerms, ProductForm, Tokens, VariantForm};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_l4_a_product_sent_twice_is_one_draft,
    rule_l4_a_product_sent_at_the_same_moment_is_one_draft,
    rule_l4_an_offer_sent_twice_is_opened_once,
    rule_l4_a_thing_put_into_a_cart_twice_by_one_press_is_there_once,
    a_key_is_forgotten_after_a_day,
    a_session_that_is_too_long_is_neither_kept_nor_read,
    an_older_market_forgets_sessions_that_are_too_long,
);

fn vase(title: &str) -> NewProduct {
    let variant = VariantForm {
        price: Money(1_200).typed(Currency::Usd),
        stock: "3".into(),
        ..VariantForm::default()
    };
    let form = ProductForm {
        title: title.into(),
        category: "home".into(),
        variants: vec![variant],
        ..ProductForm::default()
    };
    form.validate(Currency::Usd).unwrap()
}

fn key() -> Sending {
    Sending::under("aaaaaaaaaaaaaaaa-1")
}

async fn rule_l4_a_product_sent_twice_is_one_draft(world: World) {
    let (maker, other) = (world.store("Kiln").await, world.store("Other").await);
    let create =
        |owner, title, sending| product::create_once(&world.market, owner, vase(title), sending);
    let first = create(maker.owner, "Vase", key()).await.unwrap();
    assert_eq!(create(maker.owner, "Vase", key()).await.unwrap(), first);
    let reused = create(maker.owner, "Bowl", key()).await;
    assert!(matches!(reused, Err(Error::KeyReused(_))), "{reused:?}");
    // Another page, another store, and no page's key: each is a product of its own.
    let next = Sending::under("aaaaaaaaaaaaaaaa-2");
    for (owner, sending) in [
        (maker.owner, next),
        (other.owner, key()),
        (maker.owner, Sending::under("no key!")),
        (maker.owner, Sending::under("no key!")),
    ] {
        assert_ne!(create(owner, "Vase", sending).await.unwrap(), first);
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM products").await, 5);
}

async fn rule_l4_a_product_sent_at_the_same_moment_is_one_draft(world: World) {
    let maker = world.store("Kiln").await;
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (market, owner) = (world.market.clone(), maker.owner);
        sent.spawn(async move { product::create_once(&market, owner, vase("Vase"), key()).await });
    }
    let made: Vec<_> = sent
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert!(made.iter().all(|product| *product == made[0]), "{made:?}");
    assert_eq!(world.number("SELECT COUNT(*) FROM products").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM variants").await, 1);
}

async fn rule_l4_an_offer_sent_twice_is_opened_once(world: World) {
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 12).await;
    let terms = OfferTerms {
        rate: Tokens(300),
        units: 2,
    };
    let open = || offer::open_once(&world.market, maker.owner, mug.id, terms, key());
    assert_eq!(open().await.unwrap(), open().await.unwrap());
    assert_eq!(world.number("SELECT COUNT(*) FROM offers").await, 1);
    let other = OfferTerms { units: 3, ..terms };
    let reused = offer::open_once(&world.market, maker.owner, mug.id, other, key()).await;
    assert!(matches!(reused, Err(Error::KeyReused(_))), "{reused:?}");
}

async fn rule_l4_a_thing_put_into_a_cart_twice_by_one_press_is_there_once(world: World) {
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 12).await;
    let page = product::page(&world.market, &maker.slug, &mug.slug, None)
        .await
        .unwrap();
    let (listing, variant) = (page.listing.unwrap(), mug.variants[0]);
    let add = async |cart, sending| {
        let whose = Whose {
            cart,
            ..Whose::default()
        };
        let wanted = Wanted::units(listing, variant, 2);
        cart::put_once(&world.market, whose, wanted, sending)
            .await
            .map(|put| put.cart)
    };
    // The second press knows nothing of the cart that the first one made.
    let first = add(None, key()).await.unwrap();
    assert_eq!(add(None, key()).await.unwrap(), first);
    assert_eq!(cart::units(&world.market, first).await.unwrap(), 2);
    // The page as it is shown after that is another.
    let next = Sending::under("aaaaaaaaaaaaaaaa-2");
    add(Some(first), next).await.unwrap();
    assert_eq!(cart::units(&world.market, first).await.unwrap(), 4);
}

async fn a_key_is_forgotten_after_a_day(world: World) {
    let maker = world.store("Kiln").await;
    product::create_once(&world.market, maker.owner, vase("Vase"), key())
        .await
        .unwrap();
    world.wait_minutes(23 * 60);
    assert_eq!(once::sweep(&world.market).await.unwrap(), 0);
    world.wait_minutes(61);
    assert_eq!(once::sweep(&world.market).await.unwrap(), 1);
}

fn stored(world: &World, letters: usize) -> StoredSession {
    StoredSession {
        account: None,
        data: "ö".repeat(letters),
        expires_at: world.market.now().plus_minutes(60),
    }
}

async fn a_session_that_is_too_long_is_neither_kept_nor_read(world: World) {
    let market = &world.market;
    session::create(market, "a", stored(&world, session::LONGEST))
        .await
        .unwrap();
    for kept in [
        session::create(market, "b", stored(&world, session::LONGEST + 1)).await,
        session::save(market, "a", stored(&world, session::LONGEST + 1)).await,
    ] {
        assert!(matches!(kept, Err(Error::Broken(_))), "{kept:?}");
    }
    let read = session::load(market, "a").await.unwrap().unwrap();
    assert_eq!(read.data.chars().count(), session::LONGEST);

    // One of a market before there was a bound.
    let long = format!(
        "UPDATE sessions SET data = data || '{}'",
        "a".repeat(100_000)
    );
    world.execute(&long).await.unwrap();
    assert_eq!(session::load(market, "a").await.unwrap(), None);
}

async fn an_older_market_forgets_sessions_that_are_too_long(world: World) {
    for id in ["short", "long"] {
        session::create(&world.market, id, stored(&world, 10))
            .await
            .unwrap();
    }
    let long = format!(
        "UPDATE sessions SET data = '{}' WHERE id = 'long'",
        "a".repeat(5_000)
    );
    for before in [
        long.as_str(),
        "DROP TABLE sendings",
        "DELETE FROM seaql_migrations WHERE version = 'm0010_sent_once'",
    ] {
        world.execute(before).await.unwrap();
    }
    world.market.migrate().await.unwrap();
    assert_eq!(world.number("SELECT COUNT(*) FROM sessions").await, 1);
    assert!(
        session::load(&world.market, "short")
            .await
            .unwrap()
            .is_some()
    );
}
