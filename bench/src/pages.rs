//! How long the pages take that everybody opens, one request after the other.

use crate::Outcome;
use crate::purchases::Server;
use crate::town::Town;
use std::time::{Duration, Instant};

/// Requests of each page; the middle one counts.
const REQUESTS: usize = 21;

/// How long each page took.
pub struct Pages(Vec<(&'static str, Duration)>);

/// Asks the server for each page.
pub async fn open(server: &Server, town: &Town<'_>) -> Outcome<Pages> {
    let product = town.goods[0].page.clone();
    let store = product.rsplit_once('/').ok_or("no store")?.0.to_owned();
    let pages = [
        ("the front page", "/".to_owned()),
        ("the marketplace", "/market".to_owned()),
        (
            "the marketplace, cheapest first",
            "/market?sort=price".to_owned(),
        ),
        (
            "a search of the marketplace",
            "/market?search=kettle".to_owned(),
        ),
        ("all stores", "/stores".to_owned()),
        ("a store", store),
        ("a product", product),
    ];
    let mut took = Vec::new();
    for (name, path) in pages {
        took.push((name, middle(server, &path).await?));
    }
    Ok(Pages(took))
}

async fn middle(server: &Server, path: &str) -> Outcome<Duration> {
    let mut took = Vec::new();
    for _ in 0..REQUESTS {
        let started = Instant::now();
        server.page(path).await?;
        took.push(started.elapsed());
    }
    took.sort_unstable();
    Ok(took[REQUESTS / 2])
}

/// Shows both, and how many times as long the second took.
pub fn compare(few: &Pages, many: &Pages) {
    for ((name, before), (_, after)) in few.0.iter().zip(&many.0) {
        let (before, after) = (before.as_secs_f64(), after.as_secs_f64());
        println!(
            "{:>10.1} ms   {name}, {:.1} before: {:.1} times",
            1_000.0 * after,
            1_000.0 * before,
            after / before
        );
    }
}
