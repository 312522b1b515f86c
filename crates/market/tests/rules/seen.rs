//! C1: what was seen is what is bought.

use market::{Error, cart, random_code};
use model::{CartChange, CartId, CheckoutRequest, Money, Seen};
use trial::both_engines;
use trial::world::{Card, SHIPPING, World, secret_of};

both_engines!(
    rule_c1_another_thing_at_the_same_price_is_not_bought_unseen,
    rule_c1_other_units_prices_sellers_names_and_shipping_are_told,
    rule_c1_what_the_page_says_it_showed_decides_nothing,
);

const fn seen(units: i64, price: i64) -> Option<Seen> {
    Some(Seen {
        units,
        price: Money(price),
    })
}

fn line(title: &str, was: Option<Seen>, now: Option<Seen>) -> CartChange {
    CartChange::Line {
        title: title.into(),
        was,
        now,
    }
}

/// What she is told has changed since her page was made.
async fn told(world: &World, cart: CartId, page: &CheckoutRequest) -> Vec<CartChange> {
    let page = CheckoutRequest {
        key: random_code(20),
        ..page.clone()
    };
    match world.send(cart, page, Card::Pays).await {
        Err(Error::Changed(changes)) => changes,
        other => panic!("she has not seen this: {other:?}"),
    }
}

async fn rule_c1_another_thing_at_the_same_price_is_not_bought_unseen(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let red = world.product(&maker, "Red mug", 2_000, 6).await;
    let blue = world.product(&maker, "Blue mug", 2_000, 6).await;
    let cart = world.cart(&[(&maker, &red, 1)]).await;
    let page = world.request(cart, "thepageasitstoodopen").await;
    let view = cart::view(&world.market, cart).await.unwrap();
    cart::remove(&world.market, cart, view.groups[0].lines[0].id)
        .await
        .unwrap();
    world.add(cart, (&maker, &blue, 1)).await.unwrap();

    let changes = told(&world, cart, &page).await;

    let (came, went) = (
        line("Blue mug", None, seen(1, 2_000)),
        line("Red mug", seen(1, 2_000), None),
    );
    assert_eq!(changes, [came, went]);
    assert_eq!(
        (world.count("orders").await, world.stock(&blue).await),
        (0, (6, 0))
    );
    // The cart is kept, and what she sees now she can buy.
    secret_of(world.pay(cart, Card::Pays).await.unwrap());
    assert_eq!(
        (world.stock(&red).await, world.stock(&blue).await),
        ((6, 0), (5, 0))
    );
}

async fn rule_c1_other_units_prices_sellers_names_and_shipping_are_told(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_000, 20, 300, 9).await;
    let bowl = world.product(&maker, "Bowl", 2_000, 20).await;
    let cart = world.cart(&[(&maker, &mug, 2), (&maker, &bowl, 1)]).await;

    // One more of this and one less of that: the total is the same.
    let page = world.request(cart, "thepageasitstoodopen").await;
    let lines = cart::view(&world.market, cart).await.unwrap().groups[0]
        .lines
        .clone();
    for (line, units) in [(&lines[0], 1), (&lines[1], 2)] {
        cart::set_units(&world.market, cart, line.id, units)
            .await
            .unwrap();
    }
    assert_eq!(
        told(&world, cart, &page).await,
        [
            line("Mug", seen(2, 2_000), seen(1, 2_000)),
            line("Bowl", seen(1, 2_000), seen(2, 2_000)),
        ]
    );

    // Dearer and cheaper: the total is the same.
    let page = world.request(cart, "thepageasitstoodopen").await;
    world.set_price(&maker, &mug, 2_200).await.unwrap();
    world.set_price(&maker, &bowl, 1_900).await.unwrap();
    assert_eq!(
        told(&world, cart, &page).await,
        [
            line("Mug", seen(1, 2_000), seen(1, 2_200)),
            line("Bowl", seen(2, 2_000), seen(2, 1_900)),
        ]
    );

    // The same thing under another name, and from another shelf.
    let page = world.request(cart, "thepageasitstoodopen").await;
    world
        .edit(&maker, &mug, |form| form.title = "Jug".into())
        .await
        .unwrap();
    let named = CartChange::Words {
        title: "Jug".into(),
    };
    assert_eq!(told(&world, cart, &page).await, [named]);
    let page = world.request(cart, "thepageasitstoodopen").await;
    cart::remove(&world.market, cart, lines[0].id)
        .await
        .unwrap();
    world.add(cart, (&reseller, &mug, 1)).await.unwrap();
    let changes = told(&world, cart, &page).await;
    assert!(changes.contains(&line("Jug", None, seen(1, 2_200))));
    assert!(changes.contains(&line("Jug", seen(1, 2_200), None)));

    // Shipping.
    let page = world.request(cart, "thepageasitstoodopen").await;
    world
        .execute("UPDATE stores SET shipping = shipping + 100")
        .await
        .unwrap();
    let shipping = CartChange::Shipping {
        maker: "Kiln & Clay".into(),
        was: Money(SHIPPING),
        now: Money(SHIPPING + 100),
    };
    assert_eq!(told(&world, cart, &page).await, [shipping]);
    secret_of(world.pay(cart, Card::Pays).await.unwrap());
}

async fn rule_c1_what_the_page_says_it_showed_decides_nothing(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_000, 6).await;
    let draft = world.product(&maker, "A secret", 2_000, 6).await;
    market::product::unpublish(&world.market, maker.owner, draft.id, None)
        .await
        .unwrap();
    let cart = world.cart(&[(&maker, &mug, 1)]).await;
    let honest = world.request(cart, "thepageasitstoodopen").await;
    let hidden = format!("2.{}.1.2000.ab", draft.variants[0]);
    for made_up in ["x", "~~~", &honest.seen.replace("2000", "1"), &hidden] {
        let page = CheckoutRequest {
            seen: made_up.to_owned(),
            ..honest.clone()
        };
        let changes = told(&world, cart, &page).await;
        assert!(!format!("{changes:?}").contains("A secret"), "{made_up}");
    }
    let secret = secret_of(world.send(cart, honest, Card::Pays).await.unwrap());
    assert_eq!(world.order(&secret).await.total, Money(2_000 + SHIPPING));
}
