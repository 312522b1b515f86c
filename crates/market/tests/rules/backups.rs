//! A market in a file, and out of it again; and from one database to another.

use image::{DynamicImage, ImageFormat};
use market::backup::{self, Problem, Progress, Told};
use market::verify::Report;
use market::{Error, Market, Settings, Unavailable, feed::Topic, picture};
use model::PictureId;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use trial::world::{Product, Store};
use trial::{Engine, Place, Process, World, both_engines};

both_engines!(
    what_is_backed_up_is_restored_on_either_engine,
    every_table_is_in_a_backup,
    a_restored_market_goes_on,
    damaged_and_foreign_files_are_refused,
    a_backup_goes_into_an_empty_database_only,
    another_currency_is_refused_and_nothing_is_kept,
    a_picture_that_is_removed_meanwhile_is_in_the_backup,
    a_picture_that_is_lost_is_named,
    a_backup_that_fails_leaves_nothing,
    a_file_is_replaced_when_that_was_said,
    whoever_follows_another_database_notices,
    a_market_moves_to_postgres_and_its_file_is_closed,
    a_market_moves_into_an_empty_database_only,
);

/// What people type at worst.
const ODD: &str =
    "O'Hara \"\\ \t\r\n\u{1}\u{1f}\u{7f} null 1e5 \u{2028}\u{fffd} Größe \u{1f9f6}\u{10ffff}";

/// A row at least in every table.
async fn busy(world: &World) -> (Store, Product) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 40, 300, 9).await;
    world.buy(&[(&reseller, &mug, 2), (&maker, &mug, 1)]).await;
    let order = world.buy(&[(&maker, &mug, 3)]).await;
    world.cancel(&maker, &order, 1, true).await.unwrap();
    world.hold(&[(&reseller, &mug, 1)]).await;
    world.change(&maker, offer, 250, 12).await.unwrap();
    add_picture(world, &maker, &mug).await;
    world.market.pulse().await.unwrap();
    let (store, product) = (maker.id(), mug.id);
    let (variant, account) = (mug.variants[0], maker.account());
    let odd = ODD.replace('\'', "''");
    for row in [
        format!("INSERT INTO sessions VALUES ('hash', {account}, '{odd}', 9007199254740993)"),
        "INSERT INTO sessions VALUES ('', NULL, '', -9223372036854775808)".to_owned(),
        "INSERT INTO secrets VALUES ('visitors', 'xyz', NULL), ('day', '', 9223372036854775807)"
            .to_owned(),
        "INSERT INTO sendings VALUES ('key', 'print', 4, 5)".to_owned(),
        "INSERT INTO holders VALUES ('somebody', 7)".to_owned(),
        format!(
            "INSERT INTO shop_imports (id, store_id, url, state, problem, more, whole_shop, asked_at, taken_until) \
             VALUES (70, {store}, 'https://a.example/', 'done', '{odd}', TRUE, FALSE, 1, 2)"
        ),
        format!(
            "INSERT INTO imports (id, store_id, page_key, url, state, found, shop_id, product_id, asked_at, changed_at, \
             attempts, taken_until) VALUES (800, {store}, 'k', 'u', 'saved', '{{\"a\":1}}', 70, {product}, 1, 2, 3, 4)"
        ),
        "INSERT INTO shop_items (shop_id, page_key, url, title, position, known, import_id) \
         VALUES (70, 'k', 'u', 't', 1, TRUE, 800)"
            .to_owned(),
        format!(
            "INSERT INTO source_pages VALUES ({product}, 'b'), ({product}, 'a'), ({product}, 'A')"
        ),
        format!("INSERT INTO source_variants VALUES ({variant}, {product}, 'S', 2)"),
        format!(
            "INSERT INTO sources (product_id, url, keep_in_step, read_at, failures, next_at, taken_until, agreed, latest) \
             VALUES ({product}, 'u', 'by_hand', 1, 0, 2, 3, '{{}}', '{{}}')"
        ),
        // One that refers to a later one.
        "INSERT INTO carts (id, created_at) VALUES (900, 1), (901, 1)".to_owned(),
        "UPDATE carts SET merged_into = 901, merged_at = 5 WHERE id = 900".to_owned(),
    ] {
        world.execute(&row).await.unwrap();
    }
    let key = "abcdefghijklmnopqrstuvwx";
    let waiting = format!("INSERT INTO import_pictures VALUES (3, 800, '{key}', 'alt', 1)");
    world.execute(&waiting).await.unwrap();
    for size in ["1200", "480"] {
        let name = format!("{key}-{size}.jpg");
        std::fs::write(lies(world, &name), size).unwrap();
    }
    (maker, mug)
}

/// Where a picture's file is.
fn lies(world: &World, name: &str) -> PathBuf {
    picture::file(&world.market, name).here().unwrap()
}

async fn add_picture(world: &World, maker: &Store, product: &Product) -> PictureId {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(300, 200)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    let bytes = bytes.into_inner();
    picture::add(
        &world.market,
        maker.owner,
        product.id,
        bytes,
        "A mug".into(),
    )
    .await
    .unwrap()
    .id
}

fn silent() -> Told {
    Arc::new(|_| ())
}

fn file(world: &World) -> PathBuf {
    world.market.settings().data_dir.join("a backup")
}

async fn taken(world: &World) -> PathBuf {
    let file = file(world);
    let taken = backup::take(&world.market, &file, true, &silent())
        .await
        .unwrap();
    assert_eq!(taken.missing, Vec::<String>::new());
    file
}

/// Empty databases of both engines.
async fn elsewhere() -> Vec<Place> {
    let mut places = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        places.extend(Place::empty(engine).await);
    }
    places
}

fn at(place: &Place) -> Settings {
    Settings::new(&place.url, place.path("data"))
}

async fn restored(place: &Place, file: &Path) -> market::Result<backup::Restored> {
    let market = Market::connect(at(place)).await.unwrap();
    let restored = backup::restore(&market, file, &silent()).await;
    market.close().await.unwrap();
    restored
}

async fn erase(places: Vec<Place>) {
    for place in places {
        place.erase().await;
    }
}

/// Every table as the database itself lists them, with its rows, read past everything that is tried here.
async fn all_rows(db: &DatabaseConnection) -> BTreeMap<String, BTreeSet<String>> {
    let mut tables = BTreeMap::new();
    for table in tables_of(db).await {
        let sql = match db.get_database_backend() {
            DbBackend::Sqlite => {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                let pairs: Vec<_> = texts(db, &columns)
                    .await
                    .into_iter()
                    .map(|name| format!("'{name}', {name}"))
                    .collect();
                format!("SELECT json_object({}) FROM {table}", pairs.join(", "))
            }
            _ => format!("SELECT row_to_json(t)::TEXT FROM {table} t"),
        };
        let rows = texts(db, &sql).await;
        let rows = rows.iter().map(|row| plain(row)).collect();
        tables.insert(table, rows);
    }
    tables
}

/// A row as both engines would write it.
fn plain(row: &str) -> String {
    let row: BTreeMap<String, Value> = serde_json::from_str(row).unwrap();
    let row = row.into_iter().map(|(name, value)| match value {
        Value::Bool(truth) => (name, Value::from(i64::from(truth))),
        value => (name, value),
    });
    serde_json::to_string(&row.collect::<BTreeMap<_, _>>()).unwrap()
}

async fn tables_of(db: &DatabaseConnection) -> Vec<String> {
    let tables = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        _ => "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public'",
    };
    texts(db, tables).await
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

/// What guards the rows, in the database's own words.
async fn guards(db: &DatabaseConnection) -> BTreeSet<String> {
    let all = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT type || name || sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1"
        }
        _ => {
            "SELECT conname || ' ' || conrelid::REGCLASS || pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE connamespace = 'public'::REGNAMESPACE \
             UNION ALL SELECT tgname || tgenabled::TEXT || tgrelid::REGCLASS FROM pg_trigger WHERE NOT tgisinternal \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
        }
    };
    texts(db, all).await.into_iter().collect()
}

/// Without what is told to running processes, and when the changes to the schema were made.
async fn assert_same(one: &DatabaseConnection, other: &DatabaseConnection) {
    let [mut one, mut other] = [all_rows(one).await, all_rows(other).await];
    for rows in [&mut one, &mut other] {
        rows.remove("changes").unwrap();
        rows.remove("seaql_migrations").unwrap();
        rows.get_mut("settled")
            .unwrap()
            .retain(|row| !row.contains("put_back"));
    }
    for (table, rows) in &one {
        assert_eq!(rows, &other[table], "{table}");
    }
    assert_eq!(one.len(), other.len());
}

async fn what_is_backed_up_is_restored_on_either_engine(world: World) {
    busy(&world).await;
    let empty: Vec<_> = all_rows(world.rows())
        .await
        .into_iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(table, _)| table)
        .collect();
    assert_eq!(empty, Vec::<String>::new(), "tables that are not tried");
    let file = taken(&world).await;
    let mode = file.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let places = elsewhere().await;
    for place in &places {
        let restored = restored(place, &file).await.unwrap();
        assert_eq!((restored.pictures, restored.missing.len()), (4, 0));
        assert_eq!(broken(&restored.report), Vec::<&str>::new());
        let rows = place.rows().await;
        assert_same(world.rows(), &rows).await;
        if place.engine == world.engine() {
            let (before, after) = (guards(world.rows()).await, guards(&rows).await);
            let changed: Vec<_> = before.symmetric_difference(&after).collect();
            assert_eq!(changed, Vec::<&String>::new());
        }
        assert_eq!(
            pictures(place.path("data")),
            pictures(&world.market.settings().data_dir)
        );
        rows.close().await.unwrap();
    }
    erase(places).await;
}

fn broken(report: &Report) -> Vec<&'static str> {
    let broken = report
        .checks
        .iter()
        .filter(|check| !check.breaches.is_empty());
    broken.map(|check| check.name).collect()
}

fn pictures(data: impl AsRef<Path>) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(data.as_ref().join("pictures")).unwrap();
    files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

/// A table that is made later is in it, or this fails.
async fn every_table_is_in_a_backup(world: World) {
    let mut expected: BTreeSet<String> = tables_of(world.rows()).await.into_iter().collect();
    // Told to processes that are running; and the manifest has the notes of the changes to the schema.
    for other in ["changes", "seaql_migrations"] {
        assert!(expected.remove(other), "{other}");
    }
    // A table of somebody else's is none of the market's.
    world
        .execute("CREATE TABLE somebody_elses (n BIGINT)")
        .await
        .unwrap();
    let file = taken(&world).await;
    world.execute("DROP TABLE somebody_elses").await.unwrap();
    let mut archive = tar::Archive::new(std::fs::File::open(file).unwrap());
    let manifest = archive.entries().unwrap().next().unwrap().unwrap();
    let manifest: Value = serde_json::from_reader(manifest).unwrap();
    let tables = manifest["shape"]["tables"].as_array().unwrap();
    let names = tables
        .iter()
        .map(|table| table["name"].as_str().unwrap().to_owned());
    assert_eq!(names.collect::<BTreeSet<_>>(), expected);
}

/// What is new gets numbers of its own, and orders none that the payment provider may know.
async fn a_restored_market_goes_on(world: World) {
    busy(&world).await;
    let last = "SELECT MAX(id) FROM orders";
    let orders = world.number(last).await;
    let stores = world.number("SELECT MAX(id) FROM stores").await;
    let file = taken(&world).await;
    let places = elsewhere().await;
    for place in &places {
        restored(place, &file).await.unwrap();
        let elsewhere = World::new(&place.url, place.folder.path()).await;
        elsewhere.wait_minutes(60);
        elsewhere.tick().await;
        let maker = elsewhere.store("Loom Street").await;
        assert!(maker.id().0 > stores);
        let rug = elsewhere.product(&maker, "Rug", 1_200, 5).await;
        elsewhere.buy(&[(&maker, &rug, 1)]).await;
        assert_eq!(elsewhere.number(last).await, orders + 1_000_001);
        elsewhere.assert_sound().await;
        elsewhere.close().await;
    }
    erase(places).await;
}

async fn damaged_and_foreign_files_are_refused(world: World) {
    busy(&world).await;
    let whole = std::fs::read(taken(&world).await).unwrap();
    let place = Place::empty(world.engine()).await.unwrap();
    let path = PathBuf::from(place.path("damaged"));
    let refused = async |content: &[u8]| {
        std::fs::write(&path, content).unwrap();
        let refused = restored(&place, &path).await.unwrap_err();
        let rows = place.rows().await;
        assert_eq!(tables_of(&rows).await, Vec::<String>::new(), "{refused}");
        rows.close().await.unwrap();
        refused
    };
    for part in 1..20 {
        let cut = refused(&whole[..whole.len() * part / 20]).await;
        assert!(
            matches!(cut, Error::Backup(Problem::Damaged { .. })),
            "{part}: {cut}"
        );
        let mut changed = whole.clone();
        let length = changed.len();
        changed[length * part / 21] ^= 4;
        let changed = refused(&changed).await;
        assert!(matches!(changed, Error::Backup(_)), "{part}: {changed}");
    }
    let mut foreign = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(2);
    foreign
        .append_data(&mut header, "manifest.json", &b"{}"[..])
        .unwrap();
    let empty = foreign.into_inner().unwrap();
    for content in [vec![], b"-- SQL dump".to_vec(), empty] {
        let foreign = refused(&content).await;
        assert!(
            matches!(foreign, Error::Backup(Problem::Foreign(_))),
            "{foreign}"
        );
    }
    std::fs::write(&path, &whole).unwrap();
    restored(&place, &path).await.unwrap();
    place.erase().await;
}

async fn a_backup_goes_into_an_empty_database_only(world: World) {
    let file = taken(&world).await;
    let refused = backup::restore(&world.market, &file, &silent()).await;
    assert!(
        matches!(refused, Err(Error::Backup(Problem::NotEmpty))),
        "{refused:?}"
    );
    let place = Place::migrated(world.engine()).await.unwrap();
    let refused = restored(&place, &file).await.unwrap_err();
    assert!(
        refused.to_string().contains("There is a market"),
        "{refused}"
    );
    place.erase().await;
}

async fn another_currency_is_refused_and_nothing_is_kept(world: World) {
    let file = taken(&world).await;
    let place = Place::empty(world.engine()).await.unwrap();
    let mut settings = at(&place);
    settings.currency = model::Currency::Jpy;
    let market = Market::connect(settings).await.unwrap();
    let refused = backup::restore(&market, &file, &silent()).await;
    assert!(matches!(refused, Err(Error::Settled(_))), "{refused:?}");
    market.close().await.unwrap();
    restored(&place, &file).await.unwrap();
    place.erase().await;
}

/// The worst moment: its row was read, its files were not.
async fn a_picture_that_is_removed_meanwhile_is_in_the_backup(world: World) {
    let (maker, mug) = busy(&world).await;
    let id = add_picture(&world, &maker, &mug).await;
    let before = pictures(&world.market.settings().data_dir);
    assert_eq!(before.len(), 6);
    let (market, owner) = (world.market.clone(), maker.owner);
    let removes: Told = Arc::new(move |progress| {
        if matches!(progress, Progress::Rows { ref table, .. } if table == "orders") {
            let handle = tokio::runtime::Handle::current();
            let removal = picture::remove(&market, owner, id);
            // The progress of other tables finds it gone.
            let _ = tokio::task::block_in_place(|| handle.block_on(removal));
        }
    });
    let file = file(&world);
    let taken = backup::take(&world.market, &file, false, &removes)
        .await
        .unwrap();
    assert_eq!((taken.pictures, taken.missing), (6, vec![]));
    assert_eq!(
        world.picture_files(),
        4,
        "nobody is served what was removed"
    );
    let place = Place::empty(world.engine()).await.unwrap();
    restored(&place, &file).await.unwrap();
    assert_eq!(pictures(place.path("data")), before);
    place.erase().await;

    assert_eq!(picture::sweep(&world.market).await.unwrap(), 0);
    world.wait_minutes(2 * 24 * 60);
    world.tick().await;
    assert_eq!(picture::sweep(&world.market).await.unwrap(), 1);
    let taken = backup::take(&world.market, &file, true, &silent())
        .await
        .unwrap();
    assert_eq!(taken.pictures, 4);
}

async fn a_picture_that_is_lost_is_named(world: World) {
    busy(&world).await;
    let files = pictures(&world.market.settings().data_dir);
    let lost = files.keys().next().unwrap();
    std::fs::remove_file(lies(&world, lost)).unwrap();
    let taken = backup::take(&world.market, &file(&world), false, &silent())
        .await
        .unwrap();
    assert_eq!((taken.pictures, taken.missing), (3, vec![lost.clone()]));
    let place = Place::empty(world.engine()).await.unwrap();
    let restored = restored(&place, &file(&world)).await.unwrap();
    assert_eq!(restored.missing, vec![lost.clone()]);
    place.erase().await;
}

async fn a_backup_that_fails_leaves_nothing(world: World) {
    busy(&world).await;
    let files = pictures(&world.market.settings().data_dir);
    let broken = lies(&world, files.keys().next().unwrap());
    std::fs::remove_file(&broken).unwrap();
    // A file that leads to itself can't be read.
    std::os::unix::fs::symlink(&broken, &broken).unwrap();
    let file = file(&world);
    for attempt in [false, true] {
        if attempt {
            std::fs::write(&file, "an older one").unwrap();
        }
        let failed = backup::take(&world.market, &file, attempt, &silent()).await;
        assert!(matches!(failed, Err(Error::Files(_))), "{failed:?}");
        assert!(!file.with_extension("part").exists());
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"an older one");
}

async fn a_file_is_replaced_when_that_was_said(world: World) {
    let file = file(&world);
    std::fs::write(&file, "something dear").unwrap();
    let refused = backup::take(&world.market, &file, false, &silent()).await;
    assert!(
        matches!(refused, Err(Error::Backup(Problem::Exists(_)))),
        "{refused:?}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), b"something dear");
    // One that was killed left this, for all to read.
    std::fs::write(file.with_extension("part"), vec![b'x'; 9_000_000]).unwrap();
    backup::take(&world.market, &file, true, &silent())
        .await
        .unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let place = Place::empty(world.engine()).await.unwrap();
    restored(&place, &file).await.unwrap();
    place.erase().await;
}

/// A server goes on while its database is put back to an earlier state.
async fn whoever_follows_another_database_notices(world: World) {
    let (_, mug) = busy(&world).await;
    let process = Process::beside(&world).await;
    let topics = [Topic::Product(mug.id), Topic::Market];
    let shown = process.shows(&topics);
    assert!(process.still_holds(&shown).await);
    if world.engine() == Engine::Postgres {
        let file = taken(&world).await;
        for step in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
            world.execute(step).await.unwrap();
        }
        backup::restore(&world.market, &file, &silent())
            .await
            .unwrap();
    } else {
        // There the file is another one, and the server has to be started again; this is what it would see.
        let another = "INSERT INTO settled (name, value) VALUES ('put_back', 'another')";
        world.execute(another).await.unwrap();
    }
    process.follows().await;
    let feed = process.world.market.feed();
    assert!(!feed.holds(&shown));
    let again = process.shows(&topics);
    assert!(process.still_holds(&again).await, "noticed once");
    process.end().await;
}

async fn a_market_moves_to_postgres_and_its_file_is_closed(world: World) {
    if world.engine() == Engine::Postgres {
        return;
    }
    let Some(place) = Place::empty(Engine::Postgres).await else {
        return;
    };
    let (maker, mug) = busy(&world).await;
    let orders = world.number("SELECT MAX(id) FROM orders").await;
    let to = Market::connect(at(&place)).await.unwrap();
    let (market, owner) = (world.market.clone(), maker.owner);
    // Somebody tries to write in the middle: she waits, and is refused in the end.
    let waiting = Arc::new(std::sync::Mutex::new(Vec::new()));
    let writers = waiting.clone();
    let told: Told = Arc::new(move |progress| {
        if matches!(progress, Progress::Rows { ref table, .. } if table == "orders") {
            let market = market.clone();
            let write = async move { picture::remove(&market, owner, PictureId(1)).await };
            writers.lock().unwrap().push(tokio::spawn(write));
        }
    });
    let moved = backup::to_postgres(&world.market, &to, &told)
        .await
        .unwrap();
    let writers: Vec<_> = waiting.lock().unwrap().drain(..).collect();
    assert!(!writers.is_empty());
    for writer in writers {
        let refused = writer.await.unwrap();
        assert!(
            matches!(refused, Err(Error::Unavailable(Unavailable::MovedAway))),
            "{refused:?}"
        );
    }
    assert!(moved.reports.iter().all(Report::is_sound));
    let rows = place.rows().await;
    assert_same(world.rows(), &rows).await;
    rows.close().await.unwrap();
    for (table, rows) in moved.tables {
        assert_eq!(
            world
                .number(&format!("SELECT COUNT(*) FROM {table}"))
                .await
                .unsigned_abs(),
            rows
        );
    }

    // Neither a server that goes on nor one that is started again writes to the file.
    for refused in [
        world.set_stock(&maker, &mug, 5).await,
        world.market.pulse().await,
        world.with(|_| {}).await.market.migrate().await,
    ] {
        assert!(
            matches!(refused, Err(Error::Unavailable(Unavailable::MovedAway))),
            "{refused:?}"
        );
    }
    // It can be read, and put back from a backup.
    taken(&world).await;

    to.close().await.unwrap();
    let elsewhere = World::new(&place.url, place.folder.path()).await;
    let maker = elsewhere.store("Loom Street").await;
    let rug = elsewhere.product(&maker, "Rug", 1_200, 5).await;
    elsewhere.buy(&[(&maker, &rug, 1)]).await;
    assert_eq!(
        elsewhere.number("SELECT MAX(id) FROM orders").await,
        orders + 1
    );
    elsewhere.assert_sound().await;
    elsewhere.close().await;
    place.erase().await;
}

async fn a_market_moves_into_an_empty_database_only(world: World) {
    let Some(place) = Place::migrated(Engine::Postgres).await else {
        return;
    };
    let to = Market::connect(at(&place)).await.unwrap();
    let refused = backup::to_postgres(&world.market, &to, &silent())
        .await
        .unwrap_err();
    match world.engine() {
        Engine::Sqlite => assert!(
            matches!(refused, Error::Backup(Problem::NotEmpty)),
            "{refused}"
        ),
        Engine::Postgres => assert!(
            matches!(refused, Error::Backup(Problem::OtherWay)),
            "{refused}"
        ),
    }
    world.market.pulse().await.unwrap();
    to.close().await.unwrap();
    place.erase().await;
}
