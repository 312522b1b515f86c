//! Whole shops: listed first, begun when the store says so, each product an import of its own.

use crate::fixture::{MUG, Product, Shop};
use market::{Error, Refusal, import, product};
use model::{
    Category, ImportState, PageRequest, ProductState, ShopImportId, ShopImportOrder,
    ShopImportPage, ShopImportState,
};
use trial::both_engines;
use trial::world::{Store, World};

both_engines!(
    rule_k2_a_shop_is_listed_then_read_and_nothing_is_published,
    rule_k2_complete_products_become_drafts_when_that_was_chosen,
    rule_k2_a_shop_can_be_paused_and_goes_on_where_it_was,
    rule_k2_a_cancelled_shop_keeps_what_was_read,
    rule_k2_a_store_imports_one_shop_at_a_time_and_so_many_products,
    rule_k2_a_shop_without_a_list_says_so,
);

const CHECK_EACH: ShopImportOrder = ShopImportOrder { drafts: None };

/// A shop with these products behind its sitemap.
fn stock(shop: &Shop, products: &[(&str, Product<'_>)]) {
    shop.says(
        "/",
        200,
        "<title>Kiln</title><h1>Kiln</h1><p>Pottery by hand.</p>",
    );
    let mut sitemap =
        String::from("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for (path, product) in products {
        shop.sells(path, product);
        sitemap += &format!("<url><loc>{}</loc></url>", shop.url(path));
    }
    sitemap += "</urlset>";
    shop.says(
        "/robots.txt",
        200,
        &format!("Sitemap: {}", shop.url("/sitemap.xml")),
    );
    shop.says("/sitemap.xml", 200, &sitemap);
}

const NO_PICTURE: Product<'static> = Product {
    picture: false,
    ..MUG
};

async fn seen(world: &World, store: &Store, id: ShopImportId) -> ShopImportPage {
    import::shop(&world.market, store.owner, id, PageRequest::FIRST)
        .await
        .unwrap()
}

/// Has a shop listed and gives its import.
async fn listed(world: &World, store: &Store, shop: &Shop) -> ShopImportId {
    let id = world.paste_shop(store, &shop.url("/")).await.unwrap();
    world.read().await;
    assert_eq!(
        seen(world, store, id).await.shop.state,
        ShopImportState::Listed
    );
    id
}

async fn rule_k2_a_shop_is_listed_then_read_and_nothing_is_published(world: World) {
    let (shop, world) = Shop::open(&world).await;
    stock(
        &shop,
        &[
            ("/products/mug", NO_PICTURE),
            (
                "/products/bowl",
                Product {
                    title: "Bowl",
                    ..NO_PICTURE
                },
            ),
        ],
    );
    shop.says(
        "/sitemap.xml",
        200,
        &format!(
            "<urlset><url><loc>{}</loc></url><url><loc>{}</loc></url><url><loc>{}</loc></url></urlset>",
            shop.url("/products/mug"),
            shop.url("/products/bowl"),
            shop.url("/products/gone"),
        ),
    );
    let maker = world.store("Kiln & Clay").await;
    // One of them is hers already.
    let mug = world.imported(&maker, &shop.url("/products/mug")).await;

    let id = listed(&world, &maker, &shop).await;
    let page = seen(&world, &maker, id).await;
    assert_eq!((page.shop.found, page.shop.known), (3, 1));
    assert_eq!(shop.asked_for("/products/bowl"), 0, "nobody has said go");

    import::begin_shop(&world.market, maker.owner, id, CHECK_EACH)
        .await
        .unwrap();
    world.read().await;
    let page = seen(&world, &maker, id).await;
    assert_eq!(page.shop.state, ShopImportState::Done);
    assert_eq!(
        (page.shop.done, page.shop.failed, page.shop.known),
        (1, 1, 1)
    );
    assert_eq!(page.shop.percent(), 100);
    let states: Vec<_> = page
        .items
        .rows
        .iter()
        .map(|item| item.import.as_ref().map(|i| i.state))
        .collect();
    assert_eq!(
        states,
        [None, Some(ImportState::Ready), Some(ImportState::Failed)]
    );
    assert_eq!(
        world.import(&maker, mug).await.import.state,
        ImportState::Ready
    );
    assert_eq!(world.count("products").await, 0);
    let again = import::begin_shop(&world.market, maker.owner, id, CHECK_EACH).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::ImportPast(_)))));
}

async fn rule_k2_complete_products_become_drafts_when_that_was_chosen(world: World) {
    let (shop, world) = Shop::open(&world).await;
    stock(
        &shop,
        &[
            (
                "/products/thing",
                Product {
                    title: "Thing",
                    ..MUG
                },
            ),
            (
                "/products/foreign",
                Product {
                    title: "Foreign thing",
                    currency: "SEK",
                    ..NO_PICTURE
                },
            ),
        ],
    );
    let maker = world.store("Kiln & Clay").await;
    let id = listed(&world, &maker, &shop).await;
    let order = ShopImportOrder {
        drafts: Some(Category::Home),
    };
    import::begin_shop(&world.market, maker.owner, id, order)
        .await
        .unwrap();
    world.read().await;

    let products = product::mine(&world.market, maker.owner, "", PageRequest::FIRST)
        .await
        .unwrap();
    let rows: Vec<_> = products
        .rows
        .iter()
        .map(|row| (row.title.as_str(), row.state, row.category))
        .collect();
    assert_eq!(rows, [("Thing", ProductState::Draft, Category::Home)]);
    assert!(products.rows[0].picture.is_some());
    let page = seen(&world, &maker, id).await;
    let states: Vec<_> = page
        .items
        .rows
        .iter()
        .map(|item| item.import.as_ref().unwrap().state)
        .collect();
    assert_eq!(
        states,
        [ImportState::Saved, ImportState::Ready],
        "a price must be asked for"
    );
}

async fn rule_k2_a_shop_can_be_paused_and_goes_on_where_it_was(world: World) {
    let (shop, world) = Shop::open(&world).await;
    stock(&shop, &[("/products/mug", NO_PICTURE)]);
    let maker = world.store("Kiln & Clay").await;
    let id = listed(&world, &maker, &shop).await;
    import::begin_shop(&world.market, maker.owner, id, CHECK_EACH)
        .await
        .unwrap();
    import::pause_shop(&world.market, maker.owner, id)
        .await
        .unwrap();
    world.read().await;
    assert_eq!(
        seen(&world, &maker, id).await.shop.state,
        ShopImportState::Paused
    );
    assert_eq!(shop.asked_for("/products/mug"), 0);

    // It goes on after a restart, in whatever process.
    let restarted = world.with(|_| {}).await;
    import::resume_shop(&restarted.market, maker.owner, id)
        .await
        .unwrap();
    restarted.read().await;
    assert_eq!(
        seen(&world, &maker, id).await.shop.state,
        ShopImportState::Done
    );
    let paused = import::pause_shop(&world.market, maker.owner, id).await;
    assert!(matches!(
        paused,
        Err(Error::Refused(Refusal::ImportPast(_)))
    ));
}

async fn rule_k2_a_cancelled_shop_keeps_what_was_read(world: World) {
    let (shop, world) = Shop::open(&world).await;
    stock(
        &shop,
        &[
            ("/products/mug", NO_PICTURE),
            ("/products/bowl", NO_PICTURE),
        ],
    );
    let maker = world.store("Kiln & Clay").await;
    let id = listed(&world, &maker, &shop).await;
    import::begin_shop(&world.market, maker.owner, id, CHECK_EACH)
        .await
        .unwrap();
    let read = "UPDATE imports SET state = 'ready' WHERE url LIKE '%mug'";
    world.execute(read).await.unwrap();
    import::cancel_shop(&world.market, maker.owner, id)
        .await
        .unwrap();
    world.read().await;
    let page = seen(&world, &maker, id).await;
    assert_eq!(page.shop.state, ShopImportState::Cancelled);
    assert_eq!((page.shop.done, page.shop.discarded), (1, 1));
    assert_eq!(shop.asked_for("/products/bowl"), 0);
    let other = world.store("Corner Books").await;
    let theirs = import::shop(&world.market, other.owner, id, PageRequest::FIRST).await;
    assert!(matches!(theirs, Err(Error::NotFound(_))));
}

async fn rule_k2_a_store_imports_one_shop_at_a_time_and_so_many_products(world: World) {
    let (shop, world) = Shop::open(&world).await;
    let world = world.with(|settings| settings.shop_products = 1).await;
    stock(
        &shop,
        &[
            ("/products/mug", NO_PICTURE),
            ("/products/bowl", NO_PICTURE),
        ],
    );
    let maker = world.store("Kiln & Clay").await;
    let id = listed(&world, &maker, &shop).await;
    let page = seen(&world, &maker, id).await;
    assert_eq!((page.shop.found, page.shop.more), (1, true));

    let start = async |path: &str| world.paste_shop(&maker, &shop.url(path)).await;
    assert_eq!(start("/").await.unwrap(), id, "the same shop again");
    assert!(matches!(
        start("/else").await,
        Err(Error::Refused(Refusal::ShopImportOpen))
    ));
    import::cancel_shop(&world.market, maker.owner, id)
        .await
        .unwrap();
    assert_ne!(start("/else").await.unwrap(), id);
}

async fn rule_k2_a_shop_without_a_list_says_so(world: World) {
    let (shop, world) = Shop::open(&world).await;
    shop.says("/", 200, "<title>Kiln</title><h1>Kiln</h1>");
    let maker = world.store("Kiln & Clay").await;
    let id = world.paste_shop(&maker, &shop.url("/")).await.unwrap();
    world.read().await;
    let page = seen(&world, &maker, id).await;
    assert_eq!(page.shop.state, ShopImportState::Failed);
    assert_eq!(page.shop.problem, Some(model::ImportProblem::NoList));
}
