//! What everybody is shown changes: every process is told, whoever changed it, and nothing is missed.

use market::feed::{self, Topic};
use market::{Market, Settings, account, listing, product, search, store};
use model::{MarketFilters, PageRequest};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use trial::{Engine, Place, Process, World, both_engines};

both_engines!(
    whatever_changes_a_product_is_told_in_every_process,
    a_sale_out_of_plenty_changes_nothing_that_is_shown,
    what_changes_a_store_is_told_to_all_that_show_it,
    nothing_is_missed_of_transactions_that_end_in_another_order,
    nothing_is_told_of_what_is_undone,
    nothing_holds_while_the_database_does_not_answer,
    whoever_asks_when_it_is_read_anyway_is_told,
    old_changes_are_forgotten_and_no_number_returns,
    every_table_that_everybodys_pages_read_tells_its_changes,
);

async fn whatever_changes_a_product_is_told_in_every_process(world: World) {
    let process = Process::beside(&world).await;
    let empty = process.shows(&[Topic::Market]);
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    let bowl = world.product(&maker, "Bowl", 2_800, 3).await;
    assert!(!process.still_holds(&empty).await, "made");
    let topics = [
        Topic::Product(mug.id),
        Topic::Shelf(maker.id()),
        Topic::Market,
    ];
    let mut shown = process.shows(&topics);
    let of_bowl = process.shows(&[Topic::Product(bowl.id)]);
    let mut step = async |what: &str| {
        assert!(!process.still_holds(&shown).await, "{what}");
        shown = process.shows(&topics);
        assert!(process.still_holds(&shown).await, "{what}: told once");
    };
    world.set_price(&maker, &mug, 2_900).await.unwrap();
    step("another price").await;
    world.set_stock(&maker, &mug, 4).await.unwrap();
    step("more in stock").await;
    world
        .edit(&maker, &mug, |form| form.title = "Cup".into())
        .await
        .unwrap();
    step("another title").await;
    let offer = world.offer(&maker, &mug, 300, 4).await;
    step("offered").await;
    world.change(&maker, offer, 200, 4).await.unwrap();
    step("another rate").await;
    let listed = world.shelf(&reseller, &mug).await;
    step("on another shelf").await;
    let hold = world.hold(&[(&reseller, &mug, 1)]).await;
    step("on hold").await;
    world.tell_bank(&hold, false).await;
    world.come_back(&hold.secret).await;
    step("given back").await;
    world.revoke(&maker, offer).await.unwrap();
    step("offer revoked").await;
    world.buy(&[(&maker, &mug, 4)]).await;
    step("sold out").await;
    listing::remove(&world.market, reseller.owner, listed)
        .await
        .unwrap();
    step("off the other shelf").await;
    product::archive(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    step("archived").await;
    assert!(
        process.still_holds(&of_bowl).await,
        "nothing is told of another product"
    );
    process.end().await;
}

async fn a_sale_out_of_plenty_changes_nothing_that_is_shown(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 102).await;
    process.follows().await;
    let shown = process.shows(&[Topic::Product(mug.id), Topic::Market]);
    world.buy(&[(&maker, &mug, 3)]).await;
    assert!(process.still_holds(&shown).await);
    world.buy(&[(&maker, &mug, 1)]).await;
    assert!(!process.still_holds(&shown).await);
    process.end().await;
}

async fn what_changes_a_store_is_told_to_all_that_show_it(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    let stranger = world.store("Elsewhere").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    world.offer(&maker, &mug, 300, 3).await;
    world.shelf(&reseller, &mug).await;
    process.follows().await;
    let concerned = [
        Topic::Store(maker.id()),
        Topic::Product(mug.id),
        Topic::Shelf(reseller.id()),
        Topic::Market,
    ]
    .map(|topic| process.shows(&[topic]));
    let elsewhere = process.shows(&[Topic::Store(stranger.id()), Topic::Shelf(stranger.id())]);
    account::suspend(&world.market, &maker.slug).await.unwrap();
    for shown in concerned {
        assert!(!process.still_holds(&shown).await, "{shown:?}");
    }
    assert!(process.still_holds(&elsewhere).await);
    process.end().await;
}

/// On PostgreSQL rows are numbered before they are committed: what ends last may have begun first.
#[expect(
    clippy::disallowed_methods,
    reason = "what ends late, or not at all, is begun past the market's own way"
)]
async fn nothing_is_missed_of_transactions_that_end_in_another_order(world: World) {
    if world.engine() == Engine::Sqlite {
        // There one writer waits for the other.
        return;
    }
    let process = Process::beside(&world).await;
    let other = world.with(|_| {}).await;
    let maker = world.store("Kiln").await;
    let slow = world.product(&maker, "Slow", 2_800, 3).await;
    let quick = world.product(&maker, "Quick", 2_800, 3).await;
    process.follows().await;
    let (of_slow, of_quick) = (
        process.shows(&[Topic::Product(slow.id)]),
        process.shows(&[Topic::Product(quick.id)]),
    );
    let begun = world.rows().begin().await.unwrap();
    let change = format!(
        "UPDATE products SET title = 'Slower' WHERE id = {}",
        slow.id
    );
    begun.execute_unprepared(&change).await.unwrap();
    other.set_stock(&maker, &quick, 2).await.unwrap();
    assert!(!process.still_holds(&of_quick).await);
    assert!(process.still_holds(&of_slow).await);
    begun.commit().await.unwrap();
    assert!(!process.still_holds(&of_slow).await);
    let again = process.shows(&[Topic::Product(slow.id), Topic::Product(quick.id)]);
    assert!(process.still_holds(&again).await, "nothing is told twice");
    process.end().await;
}

#[expect(
    clippy::disallowed_methods,
    reason = "what ends late, or not at all, is begun past the market's own way"
)]
async fn nothing_is_told_of_what_is_undone(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    process.follows().await;
    let shown = process.shows(&[Topic::Product(mug.id), Topic::Market]);
    let begun = world.rows().begin().await.unwrap();
    begun
        .execute_unprepared("UPDATE products SET title = 'Other'")
        .await
        .unwrap();
    begun.rollback().await.unwrap();
    assert!(process.still_holds(&shown).await);
    process.end().await;
}

async fn nothing_holds_while_the_database_does_not_answer(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    process.follows().await;
    let shown = process.shows(&[Topic::Product(mug.id)]);
    world
        .execute("ALTER TABLE changes RENAME TO elsewhere")
        .await
        .unwrap();
    let feed = process.world.market.feed();
    assert!(feed.catch_up().await.is_err());
    assert!(!feed.holds(&shown));
    assert!(feed.moment().is_none());
    world
        .execute("ALTER TABLE elsewhere RENAME TO changes")
        .await
        .unwrap();
    process.follows().await;
    assert!(!feed.holds(&shown), "what was missed can't be known");
    process.end().await;
}

async fn old_changes_are_forgotten_and_no_number_returns(world: World) {
    let process = Process::beside(&world).await;
    let maker = world.store("Kiln").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    assert_eq!(feed::prune(&world.market).await.unwrap(), 0);
    let last = world.number("SELECT MAX(seq) FROM changes").await;
    world
        .execute("UPDATE changes SET noted_at = noted_at - 86400001")
        .await
        .unwrap();
    assert!(feed::prune(&world.market).await.unwrap() > 0);
    assert_eq!(world.count("changes").await, 0);
    let shown = process.shows(&[Topic::Product(mug.id)]);
    world.set_stock(&maker, &mug, 2).await.unwrap();
    assert!(!process.still_holds(&shown).await);
    assert!(world.number("SELECT MIN(seq) FROM changes").await > last);
    process.end().await;
}

/// PostgreSQL counts which tables are read, and the triggers are the same on both.
async fn every_table_that_everybodys_pages_read_tells_its_changes(place: Arc<Place>) {
    if place.engine == Engine::Sqlite {
        return;
    }
    // A connection counts for all to see when it is closed.
    let world = World::new(&place.url, place.folder.path()).await;
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    let mug = world.product(&maker, "Mug", 2_800, 3).await;
    world.product(&maker, "Bowl", 2_800, 3).await;
    world.offer(&maker, &mug, 300, 3).await;
    world.shelf(&reseller, &mug).await;
    world.close().await;
    let rows = place.rows().await;
    names(&rows, "SELECT pg_stat_reset()::TEXT AS name").await;

    let settings = Settings::new(&place.url, place.folder.path());
    let market = Market::connect(settings).await.unwrap();
    search::marketplace(&market, None, MarketFilters::default())
        .await
        .unwrap();
    search::featured_stores(&market, 6).await.unwrap();
    store::all(&market, PageRequest::FIRST).await.unwrap();
    for shelf in [&maker.slug, &reseller.slug] {
        store::page(&market, shelf, None, PageRequest::FIRST, None)
            .await
            .unwrap();
        product::at(&market, shelf, &mug.slug, None).await.unwrap();
    }
    market.close().await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;

    let read = "SELECT relname::TEXT AS name FROM pg_stat_user_tables \
                WHERE COALESCE(seq_scan, 0) + COALESCE(idx_scan, 0) > 0";
    let told = "SELECT DISTINCT tgrelid::REGCLASS::TEXT AS name FROM pg_trigger WHERE tgname LIKE 'changes_%'";
    let (read, told) = (names(&rows, read).await, names(&rows, told).await);
    for table in ["listings", "pictures", "products", "stores", "variants"] {
        assert!(read.contains(table), "{table} is not read: {read:?}");
    }
    let untold: Vec<_> = read.difference(&told).collect();
    assert!(
        untold.is_empty(),
        "nobody is told when these change: {untold:?}"
    );
    rows.close().await.unwrap();
}

async fn names(rows: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let rows = rows
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    let name = |row: &sea_orm::QueryResult| row.try_get("", "name").unwrap();
    rows.iter().map(name).collect()
}

/// Changes are read four times a second, asked for or not; she asks in the same moments.
async fn whoever_asks_when_it_is_read_anyway_is_told(world: World) {
    let process = Process::beside(&world).await;
    for _ in 0..16 {
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        process.world.market.feed().catch_up().await.unwrap();
    }
    process.end().await;
}
