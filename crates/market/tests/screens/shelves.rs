//! Stores' shelves, and how other makers' products come onto them.

use market::{Error, Refusal, listing, product, search, store};
use model::{
    Category, ListingId, Page, PageRequest, ProductId, ShelfState, StoreCard, StorePage, Tokens,
};
use trial::both_engines;
use trial::world::{Store, World};

both_engines!(
    what_is_offered_goes_onto_a_shelf_and_off_again,
    what_is_not_offered_is_refused,
    rule_r3_a_revoked_product_is_gone_even_when_sold_out,
    a_store_shows_what_it_makes_and_carries,
    stores_are_listed_by_what_stands_on_their_shelf,
    a_shelf_with_nothing_to_see_comes_last_and_is_not_shown_off,
    a_shelf_says_what_it_sold_and_earned,
);

async fn public_page(world: &World, store: &Store, category: Option<Category>) -> StorePage {
    store::page(
        &world.market,
        &store.slug,
        category,
        PageRequest::FIRST,
        None,
    )
    .await
    .unwrap()
}

fn titles(page: &StorePage) -> Vec<&str> {
    page.shelf
        .rows
        .iter()
        .map(|card| card.title.as_str())
        .collect()
}

async fn what_is_offered_goes_onto_a_shelf_and_off_again(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    let listing = world
        .page(&reseller, &mug, None)
        .await
        .unwrap()
        .listing
        .unwrap();
    assert_eq!(
        listing::add(&world.market, reseller.owner, mug.id)
            .await
            .unwrap(),
        listing,
        "once is enough"
    );

    let own = world
        .page(&maker, &mug, None)
        .await
        .unwrap()
        .listing
        .unwrap();
    let refused = listing::remove(&world.market, maker.owner, own).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::OwnProduct))));
    for foreign in [listing, ListingId(999)] {
        let unknown = listing::remove(&world.market, maker.owner, foreign).await;
        assert!(matches!(unknown, Err(Error::NotFound("listing"))));
    }

    for _ in 0..2 {
        listing::remove(&world.market, reseller.owner, listing)
            .await
            .unwrap();
    }
    assert!(matches!(
        world.page(&reseller, &mug, None).await,
        Err(Error::NotFound(_))
    ));
    let shelf = listing::shelf(&world.market, reseller.owner, PageRequest::FIRST)
        .await
        .unwrap();
    assert_eq!(shelf.total, 0);
    assert_eq!(
        listing::add(&world.market, reseller.owner, mug.id)
            .await
            .unwrap(),
        listing,
        "the same listing again"
    );
}

async fn what_is_not_offered_is_refused(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let unoffered = world.product(&maker, "Unoffered", 1_200, 5).await;
    let sold_out = world.product(&maker, "Sold out", 1_200, 0).await;
    let withdrawn = world.product(&maker, "Withdrawn", 1_200, 5).await;
    product::unpublish(&world.market, maker.owner, withdrawn.id, None)
        .await
        .unwrap();
    for (who, what, why) in [
        (&maker, unoffered.id, Refusal::OwnProduct),
        (&reseller, unoffered.id, Refusal::NotOnShelf),
        (&reseller, sold_out.id, Refusal::SoldOut),
        (&reseller, withdrawn.id, Refusal::NotOnShelf),
    ] {
        match listing::add(&world.market, who.owner, what).await {
            Err(Error::Refused(refusal)) => assert_eq!(refusal, why),
            other => panic!("{why:?}: {other:?}"),
        }
    }
    let unknown = listing::add(&world.market, reseller.owner, ProductId(999)).await;
    assert!(matches!(unknown, Err(Error::NotFound("product"))));
}

async fn rule_r3_a_revoked_product_is_gone_even_when_sold_out(world: World) {
    let (maker, mug, offer, reseller) = world.carried(1_200, 5, 300, 2).await;
    world.revoke(&maker, offer).await.unwrap();
    world.set_stock(&maker, &mug, 0).await.unwrap();
    assert!(titles(&public_page(&world, &reseller, None).await).is_empty());
    assert_eq!(titles(&public_page(&world, &maker, None).await), ["Mug"]);
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Waiting
    );

    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    assert!(titles(&public_page(&world, &maker, None).await).is_empty());
    assert_eq!(
        world.shelf_state(&reseller, &mug).await,
        ShelfState::Withdrawn
    );
}

async fn a_store_shows_what_it_makes_and_carries(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    world.wait_minutes(1);
    let tote = world.product(&reseller, "Tote bag", 2_000, 3).await;
    world
        .edit(&reseller, &tote, |form| form.category = "wear".into())
        .await
        .unwrap();

    let page = public_page(&world, &reseller, None).await;
    assert_eq!(
        titles(&page),
        ["Tote bag", "Mug"],
        "the latest listing first"
    );
    assert_eq!(
        (page.own_products, page.makers_carried, page.shelf.total),
        (1, 1, 2)
    );
    assert_eq!(page.categories, [Category::Kitchen, Category::Wear]);
    let carried = &page.shelf.rows[1];
    assert_eq!(carried.href(), format!("/s/{}/{}", reseller.slug, mug.slug));
    assert_eq!(
        (&carried.maker_name, &carried.maker_slug),
        (&maker.name, &maker.slug)
    );

    let page = public_page(&world, &reseller, Some(Category::Wear)).await;
    assert_eq!((titles(&page), page.shelf.total), (vec!["Tote bag"], 1));
    assert_eq!(
        (page.own_products, page.categories.len()),
        (1, 2),
        "of the whole shelf"
    );
    let unknown = store::page(&world.market, "nobody", None, PageRequest::FIRST, None).await;
    assert!(matches!(unknown, Err(Error::NotFound("store"))));
}

async fn stores_are_listed_by_what_stands_on_their_shelf(world: World) {
    let (maker, _, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    world.store("Empty").await;
    world.product(&reseller, "Tote bag", 2_000, 3).await;

    let stores = store::all(&world.market, PageRequest::FIRST).await.unwrap();
    assert_eq!(
        listed(&stores),
        [(reseller.slug.as_str(), 2), (maker.slug.as_str(), 1)]
    );
    assert_eq!(stores.total, 2);
    let featured = search::featured_stores(&world.market, 1).await.unwrap();
    assert_eq!((featured.len(), &featured[0].name), (1, &reseller.name));
}

/// The stores of a page and how many products can be seen there.
fn listed(stores: &Page<StoreCard>) -> Vec<(&str, i64)> {
    stores
        .rows
        .iter()
        .map(|card| (card.slug.as_str(), card.products))
        .collect()
}

async fn a_shelf_with_nothing_to_see_comes_last_and_is_not_shown_off(world: World) {
    let (maker, _, offer, reseller) = world.carried(1_200, 5, 300, 2).await;
    world.revoke(&maker, offer).await.unwrap();

    let stores = store::all(&world.market, PageRequest::FIRST).await.unwrap();
    assert_eq!(
        listed(&stores),
        [(maker.slug.as_str(), 1), (reseller.slug.as_str(), 0)]
    );
    let featured = search::featured_stores(&world.market, 6).await.unwrap();
    assert_eq!((featured.len(), &featured[0].name), (1, &maker.name));
}

async fn a_shelf_says_what_it_sold_and_earned(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 9, 300, 5).await;
    let secret = world.buy(&[(&reseller, &mug, 3)]).await;
    world.buy(&[(&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, true).await.unwrap();
    let _held = world.hold(&[(&reseller, &mug, 1)]).await;

    let shelf = listing::shelf(&world.market, reseller.owner, PageRequest::FIRST)
        .await
        .unwrap();
    let row = &shelf.rows[0];
    assert_eq!(
        (row.sold, row.cancelled, row.earned, row.state),
        (3, 1, Tokens(900), ShelfState::Selling),
        "three were sold and rewarded, one of them was cancelled since"
    );
    assert_eq!((shelf.total, row.card.on_my_shelf), (1, true));
    let own = listing::shelf(&world.market, maker.owner, PageRequest::FIRST)
        .await
        .unwrap();
    assert_eq!(own.total, 0, "her own products are not carried");
}
