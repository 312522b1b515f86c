//! Searching the marketplace.

use market::search;
use model::{
    Category, MarketFilters, MarketPage, MarketSort, OfferCard, PageRequest, PriceBand,
    ProductCard, RewardStep, Tokens,
};
use trial::both_engines;
use trial::world::{Store, World};

both_engines!(
    every_word_of_a_search_must_stand_in_the_product,
    letters_that_databases_treat_apart_are_plain_letters,
    rule_w2_what_people_take_for_the_same_is_found_by_either,
    categories_are_counted_for_the_search,
    products_are_sorted_as_asked,
    pages_miss_nothing,
    what_is_narrowed_is_counted_before_it_is_asked_for,
    rule_r10_without_a_store_nothing_is_found_by_reward,
);

async fn stock_up(world: &World, maker: &Store, products: &[(&str, i64, i64)]) {
    for (title, price, rate) in products {
        let product = world.product(maker, title, *price, 5).await;
        world.offer(maker, &product, *rate, 2).await;
    }
}

async fn look(world: &World, viewer: Option<&Store>, filters: MarketFilters) -> MarketPage {
    search::marketplace(&world.market, viewer.map(|store| store.owner), filters)
        .await
        .unwrap()
}

async fn titles(world: &World, search: &str) -> Vec<String> {
    let filters = MarketFilters {
        search: search.into(),
        sort: MarketSort::PriceUp,
        ..MarketFilters::default()
    };
    titles_of(look(world, None, filters).await.products.rows)
}

fn titles_of(cards: Vec<ProductCard>) -> Vec<String> {
    cards.into_iter().map(|card| card.title).collect()
}

const NOTHING: [&str; 0] = [];

async fn rule_w2_what_people_take_for_the_same_is_found_by_either(world: World) {
    let maker = world.store("Růže řeřicha").await;
    for (title, searches) in [
        ("Ann's teapot", &["Ann’s", "ann's", "ANN‘S teapot"][..]),
        ("Ben’s cup", &["Ben's", "ben’s"]),
        ("“Big” blue‑green bowl", &["\"big\"", "blue-green", "„Big“"]),
        ("Café lamp", &["cafe", "CAFE\u{301}", "ｃａｆé"]),
        ("İstanbul Tabağı", &["istanbul tabagi", "ISTANBUL"]),
        ("Größe", &["grösse", "GROSSE", "große"]),
        ("می‌خواهم", &["می‌خواهم", "میخواهم"]),
        ("Family 👨‍👩‍👧", &["👨‍👩‍👧", "👨"]),
    ] {
        stock_up(&world, &maker, &[(title, 900, 100)]).await;
        for search in searches {
            assert_eq!(titles(&world, search).await, [title], "{search}");
        }
    }
    assert_eq!(
        titles(&world, "ruze").await.len(),
        8,
        "makers are found as titles are"
    );
    assert_eq!(titles(&world, "\u{fffd}").await, NOTHING);
}

async fn every_word_of_a_search_must_stand_in_the_product(world: World) {
    let maker = world.store("Kiln & Clay").await;
    stock_up(
        &world,
        &maker,
        &[
            ("Blue mug", 1_200, 100),
            ("Blue bowl", 3_000, 100),
            ("Écru mug", 800, 100),
        ],
    )
    .await;
    world
        .product(&maker, "Blue vase without an offer", 2_000, 5)
        .await;

    assert_eq!(
        titles(&world, "").await,
        ["Écru mug", "Blue mug", "Blue bowl"]
    );
    assert_eq!(titles(&world, "  MUG   blue ").await, ["Blue mug"]);
    assert_eq!(titles(&world, "ÉCRU").await, ["Écru mug"]);
    assert_eq!(
        titles(&world, "bowl kiln").await,
        ["Blue bowl"],
        "the maker's name counts"
    );
    assert_eq!(titles(&world, "mug bowl").await, NOTHING);
    assert_eq!(
        titles(&world, &"mug ".repeat(1_000)).await,
        ["Écru mug", "Blue mug"],
        "a long search is cut"
    );
}

async fn letters_that_databases_treat_apart_are_plain_letters(world: World) {
    let maker = world.store("Kiln & Clay").await;
    stock_up(
        &world,
        &maker,
        &[(r"Mug 50% snake_case back\slash 'quoted'", 1_200, 100)],
    )
    .await;
    for there in [
        "50%",
        "snake_case",
        r"back\slash",
        "'quoted'",
        "%",
        "_",
        r"\",
    ] {
        assert_eq!(titles(&world, there).await.len(), 1, "{there}");
    }
    for absent in ["5%0", "snake_c_se", "m_g", "mu%g", r"\mug", "\"quoted\""] {
        assert_eq!(titles(&world, absent).await, NOTHING, "{absent}");
    }
}

async fn categories_are_counted_for_the_search(world: World) {
    let maker = world.store("Kiln & Clay").await;
    stock_up(
        &world,
        &maker,
        &[
            ("Blue mug", 1_200, 100),
            ("Red mug", 1_200, 100),
            ("Tray", 1_200, 100),
        ],
    )
    .await;
    let edited = world.product(&maker, "Mug tree", 1_000, 5).await;
    world.offer(&maker, &edited, 100, 1).await;
    world
        .edit(&maker, &edited, |form| form.category = "garden".into())
        .await
        .unwrap();

    let mugs = MarketFilters {
        search: "mug".into(),
        ..MarketFilters::default()
    };
    let page = look(&world, None, mugs.clone()).await;
    assert_eq!(
        page.facets.categories,
        [(Category::Kitchen, 2), (Category::Garden, 1)]
    );
    assert_eq!(page.products.total, 3);
    let page = look(
        &world,
        None,
        MarketFilters {
            category: Some(Category::Garden),
            ..mugs.clone()
        },
    )
    .await;
    assert_eq!(
        page.facets.categories,
        [(Category::Kitchen, 2), (Category::Garden, 1)],
        "of the search, not of the filter"
    );
    assert_eq!(
        (page.products.total, titles_of(page.products.rows)),
        (1, vec!["Mug tree".to_owned()])
    );
    let page = look(
        &world,
        None,
        MarketFilters {
            category: Some(Category::Books),
            ..mugs
        },
    )
    .await;
    assert_eq!((page.products.total, page.products.pages), (0, 1));
}

async fn what_is_narrowed_is_counted_before_it_is_asked_for(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let stock = [("Pin", 500, 100), ("Mug", 1_800, 250), ("Vase", 9_000, 700)];
    stock_up(&world, &maker, &stock).await;
    world
        .execute("UPDATE stores SET shipping = 0")
        .await
        .unwrap();
    let facets = look(&world, Some(&reseller), MarketFilters::default())
        .await
        .facets;
    assert_eq!(
        facets.prices,
        [
            (PriceBand::Lowest, 1),
            (PriceBand::Low, 1),
            (PriceBand::High, 1)
        ]
    );
    assert_eq!((facets.ships_free, facets.offered), (3, 3));
    assert_eq!(
        facets.rewards,
        [
            (RewardStep::One, 3),
            (RewardStep::Two, 2),
            (RewardStep::Five, 1)
        ]
    );
    for (band, count) in facets.prices {
        let filters = MarketFilters {
            price: Some(band),
            ..MarketFilters::default()
        };
        let page = look(&world, Some(&reseller), filters).await.products;
        let total = i64::try_from(page.total).unwrap();
        assert_eq!((page.rows.len(), total), (1, count), "{band}");
    }
    let well_paid = MarketFilters {
        reward: Some(RewardStep::Two),
        ships_free: true,
        ..MarketFilters::default()
    };
    let page = look(&world, Some(&reseller), well_paid).await;
    assert_eq!(titles_of(page.products.rows), ["Vase", "Mug"]);
}

async fn rule_r10_without_a_store_nothing_is_found_by_reward(world: World) {
    let maker = world.store("Kiln & Clay").await;
    stock_up(&world, &maker, &[("Pin", 500, 100), ("Vase", 9_000, 700)]).await;
    let by_reward = MarketFilters {
        reward: Some(RewardStep::Five),
        offered: true,
        ..MarketFilters::default()
    };
    let page = look(&world, None, by_reward).await;
    assert_eq!(page.products.total, 2);
    assert_eq!((page.facets.offered, page.facets.rewards), (0, vec![]));
}

async fn products_are_sorted_as_asked(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    stock_up(
        &world,
        &maker,
        &[
            ("Cheap", 500, 100),
            ("Dear", 9_000, 300),
            ("Middle", 2_000, 200),
        ],
    )
    .await;
    for (sort, viewer, expected) in [
        (MarketSort::Newest, None, ["Middle", "Dear", "Cheap"]),
        (MarketSort::PriceUp, None, ["Cheap", "Middle", "Dear"]),
        (MarketSort::PriceDown, None, ["Dear", "Middle", "Cheap"]),
        (
            MarketSort::Reward,
            Some(&reseller),
            ["Dear", "Middle", "Cheap"],
        ),
        // Without a store there are no rewards to sort by.
        (MarketSort::Reward, None, ["Middle", "Dear", "Cheap"]),
    ] {
        let page = look(
            &world,
            viewer,
            MarketFilters {
                sort,
                ..MarketFilters::default()
            },
        )
        .await;
        assert_eq!(titles_of(page.products.rows), expected, "{sort}");
    }
    let seen = look(&world, Some(&reseller), MarketFilters::default())
        .await
        .products
        .rows;
    let OfferCard {
        rate, open_units, ..
    } = seen[0].offer.clone().unwrap();
    assert_eq!((rate, open_units), (Tokens(200), 2));
}

async fn pages_miss_nothing(world: World) {
    let maker = world.store("Kiln & Clay").await;
    for number in 0..27 {
        stock_up(&world, &maker, &[(&format!("Mug {number:02}"), 500, 10)]).await;
    }
    let mut seen = Vec::new();
    let page_of = async |number| {
        let filters = MarketFilters {
            page: PageRequest::new(number),
            ..MarketFilters::default()
        };
        look(&world, None, filters).await.products
    };
    for number in [1, 2] {
        let page = page_of(number).await;
        assert_eq!((page.page, page.pages, page.total), (number, 2, 27));
        seen.extend(titles_of(page.rows));
    }
    let beyond = page_of(9).await;
    assert_eq!(beyond, page_of(2).await, "the last one instead");
    let newest_first: Vec<String> = (0..27)
        .rev()
        .map(|number| format!("Mug {number:02}"))
        .collect();
    assert_eq!(seen, newest_first);
}
