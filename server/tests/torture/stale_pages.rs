//! Guests read the pages of a product again and again, from two servers, while it is sold and stocked up: none is shown
//! more than was left when she asked. Servers are killed and connections to the database cut off meanwhile.

use crate::process::Serving;
use reqwest::header::ACCEPT;
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use trial::world::{Product, Store};
use trial::{Engine, Place, World, both_engines};
use trial::{Report, so_many};
use trial_http::running::client;

both_engines!(no_page_shows_more_than_was_left_when_it_was_asked_for);

const READERS: usize = 8;

/// Every unit sold of so few changes the pages.
const STOCK: i64 = 40;

/// Minutes from the world's beginning until now: holds end by the servers' clock too.
fn minutes_since(world: &World) -> i64 {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    (i64::try_from(now.as_millis()).unwrap() - world.market.now().0) / 60_000
}

/// What is true, and what was seen of it.
#[derive(Default)]
struct Truth {
    /// No more than this is left: lowered when a sale is acknowledged, raised before more is put there.
    left: AtomicI64,
    /// Counts when it was raised.
    raised: AtomicU64,
    answers: AtomicU64,
    stale: AtomicU64,
    silent: AtomicU64,
    /// Where the servers are now.
    hosts: [std::sync::Mutex<String>; 2],
    over: AtomicBool,
}

async fn no_page_shows_more_than_was_left_when_it_was_asked_for(place: Arc<Place>) {
    let answers = so_many(3_000, 1_000_000);
    let kills = so_many(3, 60);
    let market = place.market().await;
    market.migrate().await.unwrap();
    market.close().await.unwrap();
    let world = World::new(&place.url, place.folder.path()).await;
    world.wait_minutes(minutes_since(&world));
    let maker = world.store("Kiln").await;
    let reseller = world.store("Shelf").await;
    let mug = world.product(&maker, "Mug", 2_800, STOCK).await;
    world.offer(&maker, &mug, 1, STOCK).await;
    world.shelf(&reseller, &mug).await;

    let mut report = Report::begin();
    let truth = Arc::new(Truth::default());
    truth.left.store(STOCK, Ordering::SeqCst);
    let mut servers = vec![start(&place).await, start(&place).await];
    for (host, server) in truth.hosts.iter().zip(&servers) {
        *host.lock().unwrap() = server.host.clone();
    }
    let mut readers = JoinSet::new();
    for number in 0..READERS {
        let shelf = [&maker, &reseller][number % 2];
        let path = format!("/s/{}/{}", shelf.slug, mug.slug);
        readers.spawn(read(truth.clone(), number / 2 % 2, path));
    }
    let selling = tokio::spawn(sell(world.clone(), truth.clone(), maker, mug));
    while truth.answers.load(Ordering::Relaxed) < answers {
        if report.faults < kills {
            tokio::time::sleep(Duration::from_millis(rand::random_range(200..900))).await;
            if place.engine == Engine::Postgres && report.faults.is_multiple_of(2) {
                let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                           WHERE application_name = 'served' AND datname = current_database()";
                world.rows().execute_unprepared(cut).await.unwrap();
            } else {
                let at = usize::try_from(report.faults / 2 % 2).unwrap();
                servers.remove(at).kill();
                servers.insert(at, start(&place).await);
                *truth.hosts[at].lock().unwrap() = servers[at].host.clone();
            }
            report.faults += 1;
        } else {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    truth.over.store(true, Ordering::SeqCst);
    readers.join_all().await;
    let sold = selling.await.unwrap();
    drop(servers);
    world.assert_sound().await;
    world.close().await;
    report.operations = truth.answers.load(Ordering::Relaxed);
    report.wrong = truth.stale.load(Ordering::Relaxed);
    let silent = truth.silent.load(Ordering::Relaxed);
    println!("{sold} sold, {silent} requests without an answer");
    assert!(sold > 20, "hardly anything was sold meanwhile");
    report.file("pages while stock sells out", place.engine.name());
}

async fn start(place: &Place) -> Serving {
    let mut url = place.url.clone();
    if place.engine == Engine::Postgres {
        url.push_str("?application_name=served");
    }
    Serving::start_with(place, &[("SHELFSHARE_DATABASE_URL", url)]).await
}

/// Opens a page again and again.
async fn read(truth: Arc<Truth>, server: usize, path: String) {
    // Among all other tests they leave some of the machine to others.
    let pause = Duration::from_millis(so_many(10, 0));
    let client = client().timeout(Duration::from_secs(30)).build().unwrap();
    while !truth.over.load(Ordering::Relaxed) {
        tokio::time::sleep(pause).await;
        let host = truth.hosts[server].lock().unwrap().clone();
        let raised = truth.raised.load(Ordering::SeqCst);
        let left = truth.left.load(Ordering::SeqCst);
        let asked = client
            .get(format!("http://{host}{path}"))
            .header(ACCEPT, "text/html");
        let page = match asked.send().await {
            Ok(answer) if answer.status().is_success() => answer.text().await,
            // A reseller's shelf does not show what is not offered.
            Ok(answer) => answer.error_for_status().map(|_| String::new()),
            Err(error) => Err(error),
        };
        let Ok(page) = page else {
            truth.silent.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        truth.answers.fetch_add(1, Ordering::Relaxed);
        let shown = shown(&page);
        if shown > left && truth.raised.load(Ordering::SeqCst) == raised {
            println!("{path} shows {shown} of {left}");
            truth.stale.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// How many units the page offers: none where it is sold out, or where the shelf does not show it any more.
fn shown(page: &str) -> i64 {
    let Some(units) = page.split_once("name=\"units\"") else {
        return 0;
    };
    // Attributes stand in any order within their element.
    let before = units.0.rsplit_once('<').unwrap().1;
    let after = units.1.split_once('>').unwrap().0;
    let most = [before, after]
        .iter()
        .find_map(|text| text.split_once("max=\""))
        .expect("a bound");
    most.1.split_once('"').unwrap().0.parse().unwrap()
}

/// Sells a unit after the other, and stocks up when none is left. Gives how many.
async fn sell(world: World, truth: Arc<Truth>, maker: Store, mug: Product) -> u64 {
    let mut sold = 0;
    while !truth.over.load(Ordering::Relaxed) {
        let left = truth.left.load(Ordering::SeqCst);
        if left == 0 {
            truth.raised.fetch_add(1, Ordering::SeqCst);
            truth.left.store(STOCK, Ordering::SeqCst);
            world.set_stock(&maker, &mug, STOCK).await.unwrap();
            // The one before is used up, or it covers what is there now.
            let _ = world.try_offer(&maker, &mug, 1, STOCK).await;
            continue;
        }
        world.buy(&[(&maker, &mug, 1)]).await;
        truth.left.store(left - 1, Ordering::SeqCst);
        sold += 1;
    }
    sold
}
