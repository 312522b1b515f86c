//! Words find all that can be bought, in any form, and nothing else.

use market::{account, product, search, store};
use model::{
    Corrected, Facets, LookedUp, MarketFilters, MarketPage, MarketSort, PageRequest, StoreChange,
    Wish,
};
use std::path::Path;
use std::time::Duration;
use trial::world::Store;
use trial::{Engine, Process, World, both_engines};

both_engines!(
    a_word_finds_what_can_be_bought_whatever_its_ending,
    what_fits_best_comes_first,
    a_word_that_stands_nowhere_finds_the_nearest_and_says_so,
    what_is_changed_is_found_as_it_is_now,
    stores_and_categories_are_found_by_their_names,
    what_was_changed_while_a_process_was_away_is_found,
    texts_that_are_damaged_are_put_together_anew,
    without_texts_the_database_is_asked_and_the_page_says_so,
    a_large_market_is_listed_by_the_database_without_counting,
);

async fn look(process: &Process, search: &str) -> MarketPage {
    let filters = MarketFilters {
        search: search.into(),
        sort: MarketSort::Best,
        ..MarketFilters::default()
    };
    let market = &process.world.market;
    search::marketplace(market, None, filters).await.unwrap()
}

/// What is found, the best first.
async fn found(process: &Process, search: &str) -> Vec<String> {
    let page = look(process, search).await;
    assert_eq!(page.words.looked_up, LookedUp::Well, "{search}");
    let cards = page.products.rows;
    cards.into_iter().map(|card| card.title).collect()
}

async fn stocked(world: &World, titles: &[&str]) -> Store {
    let maker = world.store("Kiln & Clay").await;
    for title in titles {
        world.product(&maker, title, 2_000, 5).await;
        world.wait_minutes(1);
    }
    maker
}

const NOTHING: [&str; 0] = [];

async fn a_word_finds_what_can_be_bought_whatever_its_ending(world: World) {
    let maker = stocked(&world, &["Blue mug", "Glazed bowls"]).await;
    world.product(&maker, "Sold out mug", 2_000, 0).await;
    let process = Process::looking_words_up(&world).await;
    for search in ["mug", "Mugs", "MUG'S", "mu", "blue mu", "kiln mug"] {
        assert_eq!(found(&process, search).await, ["Blue mug"], "{search}");
    }
    for search in ["bowl", "glaze", "glazing bowl", "gla"] {
        assert_eq!(found(&process, search).await, ["Glazed bowls"], "{search}");
    }
    assert_eq!(found(&process, "the mug for a kitchen").await, ["Blue mug"]);
    process.end().await;
}

async fn what_fits_best_comes_first(world: World) {
    let maker = stocked(&world, &["Teapot", "Tea towel", "Stand"]).await;
    let stand = world.product(&maker, "Tray", 2_000, 5).await;
    world
        .edit(&maker, &stand, |form| {
            form.description = "Holds a pot of tea and what belongs to it.".into();
        })
        .await
        .unwrap();
    let process = Process::looking_words_up(&world).await;
    let tea = found(&process, "tea").await;
    assert_eq!(tea, ["Tea towel", "Teapot", "Tray"]);
    let by_time = MarketFilters {
        search: "tea".into(),
        sort: MarketSort::Newest,
        ..MarketFilters::default()
    };
    let page = search::marketplace(&process.world.market, None, by_time).await;
    let newest = page.unwrap().products.rows;
    assert_eq!(newest[0].title, "Tray");
    process.end().await;
}

async fn a_word_that_stands_nowhere_finds_the_nearest_and_says_so(world: World) {
    stocked(&world, &["Blue candle", "Porcelain cup", "Mug"]).await;
    let process = Process::looking_words_up(&world).await;
    for (typed, taken, title) in [
        ("candel", "candle", "Blue candle"),
        ("cadnle", "candle", "Blue candle"),
        ("porcelian", "porcelain", "Porcelain cup"),
        ("porselein", "porcelain", "Porcelain cup"),
        ("muug", "mug", "Mug"),
    ] {
        let page = look(&process, typed).await;
        let titles: Vec<_> = page.products.rows.iter().map(|card| &card.title).collect();
        assert_eq!(titles, [title], "{typed}");
        let corrected = Corrected {
            typed: typed.into(),
            taken: Some(taken.into()),
        };
        assert_eq!(page.words.corrected, [corrected]);
    }
    let page = look(&process, "zeppelin mug").await;
    assert_eq!(page.products.total, 1, "what stands nowhere is left out");
    let left_out = Corrected {
        typed: "zeppelin".into(),
        taken: None,
    };
    assert_eq!(page.words.corrected, [left_out]);
    let page = look(&process, "zeppelin").await;
    assert_eq!((page.products.total, page.words.corrected), (0, vec![]));
    process.end().await;
}

async fn what_is_changed_is_found_as_it_is_now(world: World) {
    let process = Process::looking_words_up(&world).await;
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Blue mug", 2_000, 2).await;
    // Texts are looked at within moments; what is for sale is known at once.
    let finds = async |search: &str, titles: &[&str]| {
        eventually(async || found(&process, search).await == titles).await;
    };
    finds("mug", &["Blue mug"]).await;
    world
        .edit(&maker, &mug, |form| form.title = "Green beaker".into())
        .await
        .unwrap();
    finds("mug", &[]).await;
    finds("beaker", &["Green beaker"]).await;
    let change = StoreChange {
        name: "Fire & Earth".to_owned().into(),
        tagline: Wish::Keep,
        about: Wish::Keep,
        accent: Wish::Keep,
        shipping: Wish::Keep,
        free_shipping_from: Wish::Keep,
    };
    store::update(&world.market, maker.owner, change)
        .await
        .unwrap();
    finds("earth", &["Green beaker"]).await;
    finds("kiln", &[]).await;
    world.buy(&[(&maker, &mug, 2)]).await;
    assert_eq!(found(&process, "beaker").await, NOTHING, "sold out");
    world.set_stock(&maker, &mug, 3).await.unwrap();
    assert_eq!(found(&process, "beaker").await, ["Green beaker"], "back");
    account::suspend(&world.market, &maker.slug).await.unwrap();
    assert_eq!(found(&process, "beaker").await, NOTHING, "closed");
    account::reinstate(&world.market, &maker.slug)
        .await
        .unwrap();
    product::archive(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    assert_eq!(found(&process, "beaker").await, NOTHING, "archived");
    process.end().await;
}

async fn stores_and_categories_are_found_by_their_names(world: World) {
    let maker = stocked(&world, &["Blue mug"]).await;
    world.store("Clay without a shelf").await;
    let process = Process::looking_words_up(&world).await;
    let names = async |search: &str| {
        let words = look(&process, search).await.words;
        let stores = words.stores.into_iter().map(|store| store.slug);
        let categories = words.categories.iter().map(ToString::to_string);
        stores.chain(categories).collect::<Vec<_>>()
    };
    assert_eq!(names("clay").await, std::slice::from_ref(&maker.slug));
    assert_eq!(names("kitch").await, ["kitchen"]);
    assert_eq!(names("lay").await, NOTHING);
    process.end().await;
}

async fn what_was_changed_while_a_process_was_away_is_found(world: World) {
    let maker = stocked(&world, &["Blue mug"]).await;
    Process::looking_words_up(&world).await.end().await;
    let vase = world.product(&maker, "Tall vase", 2_000, 5).await;
    world.execute("DELETE FROM changes").await.unwrap();
    let process = Process::looking_words_up(&world).await;
    eventually(async || found(&process, "vase").await == ["Tall vase"]).await;
    product::archive(&world.market, maker.owner, vase.id, None)
        .await
        .unwrap();
    assert_eq!(found(&process, "vase").await, NOTHING);
    process.end().await;
}

async fn texts_that_are_damaged_are_put_together_anew(world: World) {
    stocked(&world, &["Blue mug"]).await;
    Process::looking_words_up(&world).await.end().await;
    damage(&world.market.settings().data_dir.join("search/0"));
    let process = Process::looking_words_up(&world).await;
    eventually(async || look(&process, "mugs").await.products.total == 1).await;
    process.end().await;
}

async fn without_texts_the_database_is_asked_and_the_page_says_so(world: World) {
    stocked(&world, &["Blue mug"]).await;
    let process = Process::beside(&world).await;
    let page = look(&process, "mug").await;
    assert_eq!(page.products.total, 1);
    assert_eq!(page.words.looked_up, LookedUp::AsWritten);
    let filters = MarketFilters::default();
    let all = search::marketplace(&process.world.market, None, filters).await;
    assert_eq!(
        all.unwrap().words.looked_up,
        LookedUp::Well,
        "nothing was looked up"
    );
    process.end().await;
}

/// Overwrites every file of an index with noise.
fn damage(folder: &Path) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let length = path.metadata().unwrap().len().max(16);
        std::fs::write(&path, vec![0xa5; usize::try_from(length).unwrap()]).unwrap();
    }
}

async fn eventually(so: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never came to be");
}

/// Counting a million products takes longer than anybody waits.
async fn a_large_market_is_listed_by_the_database_without_counting(world: World) {
    let maker = stocked(&world, &["Blue mug"]).await;
    let many = match world.engine() {
        Engine::Sqlite => "UPDATE sqlite_sequence SET seq = 900000 WHERE name = 'products'",
        Engine::Postgres => "SELECT setval(pg_get_serial_sequence('products', 'id'), 900000)",
    };
    world.execute(many).await.unwrap();
    for number in 1..30 {
        let title = format!("Mug {number}");
        let product = world.product(&maker, &title, 2_000, 5).await;
        world.offer(&maker, &product, 3, 1).await;
    }
    let page = async |number| {
        let filters = MarketFilters {
            page: PageRequest::new(number),
            ..MarketFilters::default()
        };
        let page = search::marketplace(&world.market, None, filters).await;
        page.unwrap()
    };
    let first = page(1).await;
    assert_eq!((first.products.rows.len(), first.products.pages), (24, 2));
    assert_eq!(first.facets, Facets::default());
    let second = page(2).await;
    assert_eq!((second.products.rows.len(), second.products.total), (5, 29));
    let stores = store::all(&world.market, PageRequest::FIRST).await.unwrap();
    assert_eq!((stores.rows.len(), stores.total), (1, 1));
}
