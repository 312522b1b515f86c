//! Products are made, changed and taken away while servers that keep their texts are killed: afterwards they are found as
//! by a server that has put the texts together anew.

use crate::process::Serving;
use reqwest::header::ACCEPT;
use std::sync::Arc;
use std::time::{Duration, Instant};
use trial::world::Store;
use trial::{Place, Report, World, both_engines, so_many};
use trial_http::running::client;

both_engines!(what_was_killed_finds_what_one_that_began_anew_finds);

const THINGS: [&str; 6] = ["mug", "bowl", "candle", "blanket", "notebook", "teapot"];
const KINDS: [&str; 5] = ["blue", "glazed", "woollen", "tall", "striped"];

/// In another form, half typed, with a letter wrong, by maker.
const SEARCHES: [&str; 8] = [
    "mugs",
    "glazing",
    "blankt",
    "teap",
    "kiln",
    "blue bowl",
    "tall candel",
    "notebook striped",
];

/// However many texts there are, they have been looked at by then.
const PATIENCE: Duration = Duration::from_secs(30);

async fn what_was_killed_finds_what_one_that_began_anew_finds(place: Arc<Place>) {
    let kills = so_many(4, 100);
    let market = place.market().await;
    market.migrate().await.unwrap();
    market.close().await.unwrap();
    let world = World::new(&place.url, place.folder.path()).await;
    let maker = world.store("Kiln").await;
    let mut report = Report::begin();
    let mut server = Serving::start(&place).await;
    while report.faults < kills {
        change_some(&world, &maker, report.operations).await;
        report.operations += 1;
        if rand::random_ratio(1, 4) {
            server.kill();
            server = Serving::start(&place).await;
            report.faults += 1;
        }
    }
    let anew = tempfile::tempdir().unwrap();
    let folder = anew.path().to_str().unwrap().to_owned();
    let fresh = Serving::start_with(&place, &[("SHELFSHARE_DATA_DIR", folder)]).await;
    for search in SEARCHES {
        let expected = until_looked_up(&fresh, search).await;
        let begun = Instant::now();
        loop {
            let found = until_looked_up(&server, search).await;
            if found == expected {
                break;
            }
            if begun.elapsed() > PATIENCE {
                println!("{search}: {found:?} instead of {expected:?}");
                report.wrong += 1;
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    drop((server, fresh));
    world.close().await;
    report.file("searches after kills", place.engine.name());
}

/// Makes a product, or renames or archives one.
async fn change_some(world: &World, maker: &Store, number: u64) {
    let [thing, kind] =
        [&THINGS[..], &KINDS].map(|words| words[rand::random_range(0..words.len())]);
    let title = format!("{kind} {thing} {number}");
    let made = world.product(maker, &title, 2_000, 5).await;
    match rand::random_range(0..4) {
        0 => {
            let rename = "UPDATE products SET title = 'striped notebook ' || id, updated_at = updated_at + 1";
            world
                .execute(&format!("{rename} WHERE id = {}", made.id))
                .await
                .unwrap();
        }
        1 => {
            market::product::archive(&world.market, maker.owner, made.id, None)
                .await
                .unwrap();
        }
        _ => {}
    }
}

/// The titles that a search finds, as soon as words are looked up.
async fn until_looked_up(server: &Serving, search: &str) -> Vec<String> {
    let begun = Instant::now();
    let words = search.replace(' ', "+");
    let address = format!("http://{}/market?search={words}&sort=newest", server.host);
    loop {
        let asked = client().build().unwrap().get(&address);
        let page = asked.header(ACCEPT, "text/html").send().await.unwrap();
        let page = page.error_for_status().unwrap().text().await.unwrap();
        if !page.contains("data-testid=\"looked-up\"") {
            return titles(&page);
        }
        assert!(begun.elapsed() < PATIENCE, "words are not looked up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn titles(page: &str) -> Vec<String> {
    let tiles = page.split("product-link").skip(1);
    let title = |tile: &str| {
        tile.split_once('>')?
            .1
            .split_once('<')
            .map(|(title, _)| title.to_owned())
    };
    tiles.filter_map(title).collect()
}
