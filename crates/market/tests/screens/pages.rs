//! A list's pages, put together, are the list: each row once, in the list's order, none missing.

use market::{import, listing, offer, order, product, search, store, wallet};
use model::{Category, MarketFilters, MarketSort, Page, PageRequest, ParcelState, ShopImportId};
use trial::both_engines;
use trial::world::{Product, Store, World};

both_engines!(
    every_page_of_the_marketplace_follows_the_one_before,
    every_page_of_a_shelf_follows_the_one_before,
    every_page_of_the_stores_follows_the_one_before,
    every_page_of_a_makers_lists_follows_the_one_before,
    every_page_of_orders_and_sales_follows_the_one_before,
    every_page_of_imports_follows_the_one_before,
);

/// Enough for several pages of any list.
const MANY: i64 = 62;

/// What all pages show, one after the other.
async fn all_pages<T>(ask: impl AsyncFn(PageRequest) -> Page<T>) -> Vec<T> {
    let first = ask(PageRequest::FIRST).await;
    let (pages, total) = (first.pages, first.total);
    assert!(pages > 1, "a list of one page tries nothing");
    let mut rows = first.rows;
    for number in 2..=pages {
        let page = ask(PageRequest::new(number)).await;
        assert_eq!((page.pages, page.total), (pages, total));
        assert!(!page.rows.is_empty(), "page {number} of {pages} is empty");
        rows.extend(page.rows);
    }
    let beyond = ask(PageRequest::new(pages + 1)).await;
    assert_eq!(beyond.page, pages, "beyond the last page is the last");
    assert!(!beyond.rows.is_empty());
    assert_eq!(u64::try_from(rows.len()).unwrap(), total);
    rows
}

/// Many products with several variants each. Most have an offer, some a second one after a revoked one; some are sold
/// out; they are of two categories and were published at few moments.
async fn many_products(world: &World, maker: &Store) -> Vec<Product> {
    let mut products = Vec::new();
    for n in 0..MANY {
        let title = if n % 3 == 0 { "Blue mug" } else { "Red mug" };
        let last = if n % 7 == 6 { 0 } else { 4 };
        let variants = [("a", 1_000 + n % 5, 3), ("b", 2_000, 0), ("c", 900, last)];
        let product = world.product_in_variants(maker, title, &variants).await;
        if n % 11 == 10 {
            let first = world.offer(maker, &product, 3, 1).await;
            world.revoke(maker, first).await.unwrap();
        }
        if n % 13 != 12 {
            world.offer(maker, &product, 1 + n % 4, 2).await;
        }
        if n % 17 == 16 {
            let none = world.edit(maker, &product, |form| {
                for variant in &mut form.variants {
                    variant.stock = "0".into();
                }
            });
            none.await.unwrap();
        }
        if n % 6 == 0 {
            world.wait_minutes(1);
        }
        products.push(product);
    }
    let other = "UPDATE products SET category = 'home' WHERE id % 2 = 0";
    world.execute(other).await.unwrap();
    products
}

async fn every_page_of_the_marketplace_follows_the_one_before(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    many_products(&world, &maker).await;
    let reseller = world.store("Corner Books").await;
    let lowest = "(SELECT MIN(price) FROM variants \
                   WHERE product_id = p.id AND retired = FALSE AND on_hand > held)";
    let rate = "(SELECT rate FROM offers WHERE product_id = p.id AND state = 'open')";
    for (sort, order) in [
        (MarketSort::Newest, "published_at DESC".to_owned()),
        (MarketSort::PriceUp, format!("{lowest} ASC")),
        (MarketSort::PriceDown, format!("{lowest} DESC")),
        (MarketSort::Reward, format!("{rate} DESC")),
    ] {
        for (category, search, only) in [
            (None, "", "TRUE"),
            (Some(Category::Home), "", "category = 'home'"),
            (None, "red", "search_text LIKE '%red%'"),
        ] {
            let viewer = (sort == MarketSort::Reward).then_some(reseller.owner);
            let rows = all_pages(async |page: PageRequest| {
                let filters = MarketFilters {
                    sort,
                    category,
                    search: search.into(),
                    page,
                    ..MarketFilters::default()
                };
                let page = search::marketplace(market, viewer, filters).await;
                page.unwrap().products
            });
            let shown: Vec<i64> = rows.await.iter().map(|card| card.product.0).collect();
            // By words all that can be bought is found.
            let offered = match search.is_empty() {
                true => {
                    "id IN (SELECT product_id FROM offers WHERE state = 'open' AND open_units > 0)"
                }
                false => "TRUE",
            };
            let unpaged = format!(
                "SELECT p.id FROM products p WHERE state = 'published' AND {only} AND {offered}
                    AND id IN (SELECT product_id FROM variants WHERE retired = FALSE AND on_hand > held)
                 ORDER BY {order}, id DESC"
            );
            assert_eq!(shown, world.numbers(&unpaged).await, "{sort:?} {only}");
        }
    }
}

async fn every_page_of_a_shelf_follows_the_one_before(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    for product in many_products(&world, &maker).await {
        // What is not offered, or sold out, does not come onto a shelf any more.
        let _ = listing::add(&world.market, reseller.owner, product.id).await;
    }
    // What was on a shelf before stays there: seen, waiting or sold out.
    for (n, change) in [
        (
            5,
            "UPDATE offers SET open_units = 0 WHERE product_id % 5 = 0",
        ),
        (
            9,
            "UPDATE variants SET on_hand = held WHERE product_id % 9 = 0",
        ),
    ] {
        assert!(world.execute(change).await.unwrap() > 0, "{n}");
    }

    let own = all_pages(async |page: PageRequest| {
        let shelf = listing::shelf(market, reseller.owner, page).await;
        shelf.unwrap()
    });
    let own: Vec<i64> = own.await.iter().map(|row| row.listing.0).collect();
    let standing = format!(
        "SELECT id FROM listings WHERE store_id = {} AND removed_at IS NULL ORDER BY added_at DESC, id DESC",
        reseller.id().0
    );
    assert_eq!(own, world.numbers(&standing).await);

    for (store, category) in [
        (&maker, None),
        (&maker, Some(Category::Home)),
        (&reseller, None),
    ] {
        let seen = all_pages(async |page: PageRequest| {
            let page = store::page(market, &store.slug, category, page, None);
            page.await.unwrap().shelf
        });
        let seen: Vec<i64> = seen.await.iter().map(|card| card.product.0).collect();
        let has = "IN (SELECT product_id FROM variants WHERE retired = FALSE AND on_hand > held)";
        let offered = "IN (SELECT product_id FROM offers WHERE state = 'open' AND open_units > 0)";
        let (shelf, only) = (
            store.id().0,
            category.map_or("TRUE", |_| "p.category = 'home'"),
        );
        let unpaged = format!(
            "SELECT p.id FROM listings l JOIN products p ON p.id = l.product_id
             WHERE l.store_id = {shelf} AND l.removed_at IS NULL AND {only}
               AND (p.store_id = {shelf} OR (p.id {has} AND p.id {offered}) OR (NOT p.id {has} AND
                    (SELECT state FROM offers WHERE product_id = p.id ORDER BY id DESC LIMIT 1) <> 'revoked'))
             ORDER BY l.added_at DESC, l.id DESC"
        );
        assert_eq!(seen, world.numbers(&unpaged).await, "{} {only}", store.name);
    }
    for back_to_what_the_books_say in [
        "UPDATE offers SET open_units = (SELECT balance FROM ledger_accounts WHERE code = 'offer:' || offers.id) / rate
         WHERE state = 'open'",
        "UPDATE variants SET on_hand = received WHERE product_id % 9 = 0",
    ] {
        world.execute(back_to_what_the_books_say).await.unwrap();
    }
}

async fn every_page_of_the_stores_follows_the_one_before(world: World) {
    let market = &world.market;
    let mut stores = Vec::new();
    for n in 0..26 {
        let store = world.store(&format!("Store {n}")).await;
        for variant in 0..=(n % 3) {
            let title = format!("Mug {variant}");
            let variants = [("a", 1_000, 2), ("b", 1_000, 2)];
            world.product_in_variants(&store, &title, &variants).await;
        }
        stores.push(store.slug);
    }
    let listed = all_pages(async |page: PageRequest| {
        let stores = store::all(market, page).await;
        stores.unwrap()
    });
    let mut listed: Vec<String> = listed.await.into_iter().map(|card| card.slug).collect();
    listed.sort_unstable();
    stores.sort_unstable();
    assert_eq!(listed, stores);
}

async fn every_page_of_a_makers_lists_follows_the_one_before(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    many_products(&world, &maker).await;
    for search in ["", "red"] {
        let mine = all_pages(async |page: PageRequest| {
            let mine = product::mine(market, maker.owner, search, page).await;
            mine.unwrap()
        });
        let mine: Vec<i64> = mine.await.iter().map(|row| row.id.0).collect();
        let unpaged = format!(
            "SELECT id FROM products WHERE search_text LIKE '%{search}%' ORDER BY updated_at DESC, id DESC"
        );
        assert_eq!(mine, world.numbers(&unpaged).await);
    }
    let offers = all_pages(async |page: PageRequest| {
        let offers = offer::mine(market, maker.owner, page).await;
        offers.unwrap()
    });
    let offers: Vec<i64> = offers.await.iter().map(|row| row.id.0).collect();
    let unpaged =
        "SELECT id FROM offers ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, id DESC";
    assert_eq!(offers, world.numbers(unpaged).await);

    let moved = all_pages(async |page: PageRequest| {
        let wallet = wallet::page(market, maker.owner, page).await;
        wallet.unwrap().statement
    });
    let moved: Vec<i64> = moved.await.iter().map(|row| row.id.0).collect();
    let wallet = format!("wallet:{}", maker.id().0);
    let unpaged =
        format!("SELECT id FROM transfers WHERE '{wallet}' IN (debit, credit) ORDER BY id DESC");
    assert_eq!(moved, world.numbers(&unpaged).await);
}

async fn every_page_of_orders_and_sales_follows_the_one_before(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    let buyer = world.store("Corner Books").await;
    let variants = [("a", 1_000, 90), ("b", 900, 90)];
    let mug = world.product_in_variants(&maker, "Mug", &variants).await;
    let bowl = world.product_in_variants(&maker, "Bowl", &variants).await;
    for n in 0..23 {
        let lines = [(&maker, &mug, 1), (&maker, &bowl, 1)];
        world.buy_as(buyer.account(), &lines).await;
        if n % 4 == 0 {
            world.wait_minutes(1);
        }
    }
    let orders = all_pages(async |page: PageRequest| {
        let orders = order::of_account(market, buyer.account(), page).await;
        orders.unwrap()
    });
    let shown = orders.await.into_iter().map(|row| row.number);
    let mut unpaged = Vec::new();
    for id in world
        .numbers("SELECT id FROM orders ORDER BY id DESC")
        .await
    {
        let number = format!("SELECT number FROM orders WHERE id = {id}");
        unpaged.push(world.text(&number).await);
    }
    assert_eq!(shown.collect::<Vec<_>>(), unpaged);

    for state in [None, Some(ParcelState::New)] {
        let sales = all_pages(async |page: PageRequest| {
            let sales = order::sales(market, maker.owner, state, page).await;
            sales.unwrap()
        });
        let sales: Vec<i64> = sales.await.iter().map(|row| row.parcel.0).collect();
        let unpaged = "SELECT id FROM parcels ORDER BY paid_at DESC, id DESC";
        assert_eq!(sales, world.numbers(unpaged).await);
    }
}

async fn every_page_of_imports_follows_the_one_before(world: World) {
    let market = &world.market;
    let maker = world.store("Kiln & Clay").await;
    let store = maker.id().0;
    let shop = format!(
        "INSERT INTO shop_imports (id, store_id, url, state, more, whole_shop, asked_at, taken_until)
         VALUES (1, {store}, 'https://shop.example/', 'done', FALSE, TRUE, 0, 0)"
    );
    world.execute(&shop).await.unwrap();
    for n in 1..=MANY {
        let page = format!("'shop.example/{n}', 'https://shop.example/{n}'");
        for row in [
            format!(
                "INSERT INTO imports (id, store_id, page_key, url, state, found, asked_at, changed_at, attempts, taken_until)
                 VALUES ({n}, {store}, {page}, 'waiting', '', {}, 0, 0, 0)",
                n / 5
            ),
            format!(
                "INSERT INTO shop_items (shop_id, page_key, url, title, position, known, import_id)
                 VALUES (1, {page}, 'A page', {n}, FALSE, {n})"
            ),
        ] {
            world.execute(&row).await.unwrap();
        }
    }
    let desk = all_pages(async |page: PageRequest| {
        let desk = import::desk(market, maker.owner, page).await;
        desk.unwrap().imports
    });
    let desk: Vec<i64> = desk.await.iter().map(|row| row.id.0).collect();
    let unpaged = "SELECT id FROM imports ORDER BY asked_at DESC, id DESC";
    assert_eq!(desk, world.numbers(unpaged).await);

    let items = all_pages(async |page: PageRequest| {
        let shop = import::shop(market, maker.owner, ShopImportId(1), page);
        shop.await.unwrap().items
    });
    let items: Vec<String> = items.await.into_iter().map(|item| item.url).collect();
    let pages: Vec<String> = (1..=MANY)
        .map(|n| format!("https://shop.example/{n}"))
        .collect();
    assert_eq!(items, pages);
}
