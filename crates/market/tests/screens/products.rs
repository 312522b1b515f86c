//! A product's page and its maker's list.

use market::{Error, product, search};
use model::{MarketFilters, MarketSort, Money, PageRequest, ProductAt, ProductId, ProductState};
use trial::both_engines;
use trial::world::{Card, Store, World, secret_of};

both_engines!(
    a_draft_is_its_makers_alone,
    a_page_names_shelf_and_maker,
    a_makers_list_has_every_figure,
    a_price_from_is_one_that_can_be_paid,
    an_address_says_what_became_of_its_product,
);

async fn a_draft_is_its_makers_alone(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let mug = world.product(&maker, "Blue mug", 1_200, 5).await;
    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();

    for viewer in [None, Some(other.owner)] {
        assert!(matches!(
            world.page(&maker, &mug, viewer).await,
            Err(Error::NotFound(_))
        ));
        assert!(matches!(
            product::card(&world.market, mug.id, viewer).await,
            Err(Error::NotFound(_))
        ));
    }
    for id in [mug.id, ProductId(999)] {
        assert!(matches!(
            product::form(&world.market, other.owner, id).await,
            Err(Error::NotFound(_))
        ));
    }
    let preview = world.page(&maker, &mug, Some(maker.owner)).await.unwrap();
    assert_eq!((preview.listing, preview.mine), (None, true));
    assert_eq!(
        product::card(&world.market, mug.id, Some(maker.owner))
            .await
            .unwrap()
            .listing,
        None
    );

    product::archive(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    assert!(world.page(&maker, &mug, Some(maker.owner)).await.is_err());
}

async fn a_page_names_shelf_and_maker(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    let tote = world.product(&reseller, "Tote bag", 2_000, 3).await;
    let gone = world.product(&reseller, "Gone", 2_000, 0).await;

    let page = world.page(&reseller, &mug, None).await.unwrap();
    assert_eq!((page.store.id, page.maker.id), (reseller.id(), maker.id()));
    assert_eq!(
        (page.mine, page.on_my_shelf, page.sold_out),
        (false, false, false)
    );
    assert_eq!(
        (
            page.variants.len(),
            page.variants[0].price,
            page.variants[0].available
        ),
        (1, Money(1_200), 5)
    );
    let more: Vec<_> = page
        .more
        .iter()
        .map(|card| (card.product, card.store_slug.as_str()))
        .collect();
    assert_eq!(
        more,
        [(tote.id, reseller.slug.as_str())],
        "what is sold out is not put forward"
    );
    assert!(world.page(&reseller, &gone, None).await.unwrap().sold_out);
    assert!(
        matches!(
            world.page(&maker, &tote, None).await,
            Err(Error::NotFound(_))
        ),
        "not on that shelf"
    );

    let own = world.page(&maker, &mug, Some(maker.owner)).await.unwrap();
    assert!(own.mine && own.on_my_shelf && own.offer.is_some());
    let carried = world
        .page(&maker, &mug, Some(reseller.owner))
        .await
        .unwrap();
    assert!(!carried.mine && carried.on_my_shelf);
}

async fn a_makers_list_has_every_figure(world: World) {
    let (maker, mug, offer, reseller) = world.carried(1_200, 9, 300, 4).await;
    let set = world
        .product_in_variants(&maker, "Set", &[("Small", 900, 1), ("Large", 1_500, 0)])
        .await;
    let old = world.product(&maker, "Old", 1_000, 1).await;
    product::archive(&world.market, maker.owner, old.id, None)
        .await
        .unwrap();
    let secret = world.buy(&[(&reseller, &mug, 2), (&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, false).await.unwrap();
    let _held = world.hold(&[(&reseller, &mug, 1)]).await;

    let list = product::mine(&world.market, maker.owner, "", PageRequest::FIRST)
        .await
        .unwrap();
    assert_eq!(
        list.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [set.id, mug.id, old.id]
    );
    assert_eq!(list.rows[2].state, ProductState::Archived);
    let row = &list.rows[1];
    assert_eq!(
        (
            row.on_hand,
            row.available,
            row.sold,
            row.shelves,
            row.variants
        ),
        (6, 5, 2, 1, 1)
    );
    assert_eq!(
        row.offer.as_ref().map(|open| (open.id, open.open_units)),
        Some((offer, 1))
    );
    let row = &list.rows[0];
    assert_eq!(
        (row.price_from, row.price_to, row.variants),
        (Money(900), Money(1_500), 2)
    );

    let found = product::mine(&world.market, maker.owner, "SET", PageRequest::FIRST)
        .await
        .unwrap();
    assert_eq!((found.total, found.rows[0].id), (1, set.id));
    let edit = product::form(&world.market, maker.owner, mug.id)
        .await
        .unwrap();
    let typed = &edit.form.variants[0];
    assert_eq!(
        (
            typed.price.as_str(),
            typed.stock.as_str(),
            edit.shown.variants[0].stock.as_str()
        ),
        ("12.00", "6", "6 of 9")
    );
    assert_eq!(
        (edit.shelves, edit.offer.map(|open| open.id)),
        (1, Some(offer))
    );
}

async fn a_price_from_is_one_that_can_be_paid(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let sizes = [("S", 500, 0), ("L", 5_000, 5), ("M", 4_000, 5)];
    let jars = world.product_in_variants(&maker, "Jars", &sizes).await;
    let mug = world.product(&maker, "Mug", 2_000, 5).await;
    for product in [&jars, &mug] {
        world.offer(&maker, product, 100, 2).await;
    }
    let filters = MarketFilters {
        sort: MarketSort::PriceUp,
        ..MarketFilters::default()
    };

    let found = search::marketplace(&world.market, None, filters).await;

    let prices: Vec<_> = found
        .unwrap()
        .products
        .rows
        .iter()
        .map(|card| (card.title.clone(), card.price_from.0, card.price_to.0))
        .collect();
    assert_eq!(
        prices,
        [
            ("Mug".to_owned(), 2_000, 2_000),
            ("Jars".to_owned(), 4_000, 5_000)
        ]
    );
    let page = world.page(&maker, &jars, None).await.unwrap();
    assert_eq!(page.opens_with(None), 2, "what the price from speaks of");
    assert_eq!(page.opens_with(Some(jars.variants[1])), 1);
    assert_eq!(page.opens_with(Some(jars.variants[0])), 2, "it is sold out");
    let none_left = |form: &mut model::ProductForm| {
        for variant in &mut form.variants {
            variant.stock = "0".into();
        }
    };
    world.edit(&maker, &jars, none_left).await.unwrap();
    let page = world.page(&maker, &jars, None).await.unwrap();
    assert_eq!(page.opens_with(None), 0);
}

async fn an_address_says_what_became_of_its_product(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_000, 5, 100, 2).await;
    let stranger = world.store("Loom Street").await;
    let at = async |store: &Store| product::at(&world.market, &store.slug, &mug.slug, None).await;
    let cart = world.cart(&[(&reseller, &mug, 1)]).await;
    let secret = secret_of(world.pay(cart, Card::Pays).await.unwrap());
    let line = &world.order(&secret).await.parcels[0].lines[0];
    let address = format!("/s/{}/{}", reseller.slug, mug.slug);
    assert_eq!(line.href, format!("{address}?variant={}", mug.variants[0]));
    assert!(matches!(at(&reseller).await, Ok(ProductAt::Here(_))));

    world.revoke(&maker, offer).await.unwrap();
    let Ok(ProductAt::NotHere(gone)) = at(&reseller).await else {
        panic!("it is not there now")
    };
    assert_eq!(
        (gone.store_slug, gone.maker_slug),
        (reseller.slug.clone(), maker.slug.clone())
    );
    assert_eq!(
        gone.card.unwrap().href(),
        format!("/s/{}/{}", maker.slug, mug.slug)
    );
    assert!(matches!(at(&maker).await, Ok(ProductAt::Here(_))));
    assert!(matches!(at(&stranger).await, Err(Error::NotFound(_))));

    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    for store in [&maker, &reseller] {
        let Ok(ProductAt::NotHere(gone)) = at(store).await else {
            panic!("nobody sells it now")
        };
        assert_eq!(gone.card, None);
    }
}
