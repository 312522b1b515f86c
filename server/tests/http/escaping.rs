//! No text leaves unescaped: whatever people type, every page has the elements and attributes it has with plain words.

mod shop;
mod town;
mod tree;
mod voice;

use crate::running::header;
use reqwest::Method;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use std::collections::BTreeMap;
use town::{Town, led_to};
use tree::{facts, forms, parse, skeleton, title};
use voice::{HOSTILE, Voice};

/// What each page looks like, without its words.
type Shapes = BTreeMap<String, String>;

/// Each address of a page with something in its path. A new page stands here before it is tested, and is not
/// forgotten: without its line the test ends.
fn addresses(town: &Town, route: &str) -> Vec<String> {
    let paths: &[&str] = match route {
        "/market/link" => return vec![format!("/market/link?link={}", town.product)],
        _ if !route.contains('{') => &[route],
        "/s/{store}" => &["/s/kiln", "/s/loom"],
        "/s/{store}/{product}" => &[&town.product],
        "/order/{secret}" => &[&town.order],
        "/pay/step/{code}" => &[&town.step],
        "/dashboard/products/{product}" => &["/dashboard/products/1", "/dashboard/products/2"],
        "/dashboard/products/{product}/source" => &["/dashboard/products/2/source"],
        "/dashboard/products/imports/{import}" => &[
            "/dashboard/products/imports/2",
            "/dashboard/products/imports/3",
        ],
        "/dashboard/products/imports/shop/{shop}" => &["/dashboard/products/imports/shop/1"],
        "/dashboard/offers/{offer}" => &["/dashboard/offers/1"],
        "/dashboard/sales/{parcel}" => &["/dashboard/sales/1"],
        route => panic!("say where {route} is, with something to see"),
    };
    paths.iter().map(|path| (*path).to_owned()).collect()
}

/// Goes everywhere, as everybody, with and without words in the address, and sends every form with words that are
/// refused.
async fn walk(town: &Town) -> Shapes {
    let mut shapes = Shapes::new();
    let routes = leptos_axum::generate_route_list(app::App);
    assert!(routes.len() > 30, "{}", routes.len());
    for route in &routes {
        let mut seen = false;
        for (number, path) in addresses(town, route.path()).iter().enumerate() {
            for (who, cookie) in [
                ("guest", &town.guest),
                ("maker", &town.maker),
                ("reseller", &town.reseller),
            ] {
                let label = format!("{who} at {} {number}", route.path());
                let (status, html) = see(town, cookie, path, &label, &mut shapes).await;
                seen |= status == 200;
                if who != "reseller" {
                    with_words_in_the_query(town, cookie, path, &label, &mut shapes).await;
                }
                refused(town, cookie, path, &html, &label, &mut shapes).await;
            }
        }
        assert!(seen, "nobody sees anything at {}", route.path());
        if let Some((before, _)) = route.path().split_once('{') {
            let path = format!("{before}{}", town.voice.in_address());
            see(
                town,
                &town.maker,
                &path,
                &format!("{before} and words"),
                &mut shapes,
            )
            .await;
        }
    }
    let nowhere = format!("/{}", town.voice.in_address());
    see(town, &town.guest, &nowhere, "nowhere", &mut shapes).await;
    shapes
}

async fn see(
    town: &Town,
    cookie: &str,
    path: &str,
    label: &str,
    shapes: &mut Shapes,
) -> (u16, String) {
    let answer = town.look(cookie, path).await;
    let status = answer.status().as_u16();
    let html = answer.text().await.unwrap();
    assert!(status < 500, "{label}: {status}");
    for scripting in [true, false] {
        let shape = skeleton(&parse(&html, scripting));
        shapes.insert(
            format!("{label}, scripts {scripting}"),
            format!("{status}\n{shape}"),
        );
    }
    (status, html)
}

async fn with_words_in_the_query(
    town: &Town,
    cookie: &str,
    path: &str,
    label: &str,
    shapes: &mut Shapes,
) {
    let words = town.voice.in_address();
    let query = [
        "search", "page", "next", "link", "removed", "rate", "units", "state", "sort", "category",
        "by_hand",
    ]
    .map(|name| format!("{name}={words}"))
    .join("&");
    let path = path.split('?').next().unwrap();
    see(
        town,
        cookie,
        &format!("{path}?{query}"),
        &format!("{label}, asked for words"),
        shapes,
    )
    .await;
}

async fn refused(
    town: &Town,
    cookie: &str,
    path: &str,
    html: &str,
    label: &str,
    shapes: &mut Shapes,
) {
    for form in forms(&parse(html, true))
        .iter()
        .filter(|form| form.is_typed_into())
    {
        let fields = form.filled(|place, _, room| town.voice.says(place, room));
        let name = form.action.trim_end_matches(|c: char| c.is_ascii_digit());
        let answer = town.send(cookie, path, form, &fields).await;
        let after = led_to(&answer);
        see(
            town,
            cookie,
            &after,
            &format!("{label} after {name}"),
            shapes,
        )
        .await;
    }
}

fn first_difference(plain: &str, hostile: &str) -> String {
    let lines = plain.lines().zip(hostile.lines()).enumerate();
    let at = lines
        .clone()
        .find(|(_, (a, b))| a != b)
        .map_or(0, |(at, _)| at);
    let around = |text: &str| {
        text.lines()
            .skip(at.saturating_sub(6))
            .take(10)
            .collect::<Vec<_>>()
            .join("\n")
    };
    format!(
        "line {at}\nplain:\n{}\nhostile:\n{}",
        around(plain),
        around(hostile)
    )
}

#[tokio::test]
async fn no_text_of_anybody_becomes_part_of_a_page() {
    let plain = walk(&Town::build(Voice::Plain).await).await;
    for first in 0..HOSTILE.len() {
        let town = Town::build(Voice::Hostile(first)).await;
        let hostile = walk(&town).await;
        let names = |shapes: &Shapes| shapes.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            names(&plain),
            names(&hostile),
            "not the same pages and forms"
        );
        for (label, shape) in &plain {
            assert!(
                *shape == hostile[label],
                "{label} is another page with {:?}: {}",
                HOSTILE[first],
                first_difference(shape, &hostile[label])
            );
        }
        says_exactly_what_was_typed(&town).await;
    }
}

/// Escaping keeps every character: the tab and search engines read what the maker wrote.
async fn says_exactly_what_was_typed(town: &Town) {
    let (store, product) = town
        .product
        .trim_start_matches("/s/")
        .split_once('/')
        .unwrap();
    let shown = market::product::page(&town.server.market, store, product, None)
        .await
        .unwrap();
    let html = town.look("", &town.product).await.text().await.unwrap();
    let page = parse(&html, true);
    assert_eq!(
        title(&page),
        format!("{} by {} · Shelfshare", shown.title, shown.maker.name)
    );
    let facts: serde_json::Value = serde_json::from_str(&facts(&page)).unwrap();
    assert_eq!(facts["name"], shown.title);
}

#[tokio::test]
async fn pages_the_server_makes_by_itself_say_nothing_of_the_request() {
    let server = crate::running::Running::start().await;
    let mut shapes = Vec::new();
    for voice in [Voice::Plain, Voice::Hostile(0)] {
        let words = voice.in_address();
        let unknown = server.get(&format!("/api/{words}")).await;
        let foreign = server
            .request(Method::POST, &format!("/{words}"))
            .header(ORIGIN, "https://evil.example")
            .header(COOKIE, format!("theme={words}"))
            .header(ACCEPT, "text/html")
            .send()
            .await
            .unwrap();
        assert_eq!(
            (unknown.status().as_u16(), foreign.status().as_u16()),
            (404, 403)
        );
        for answer in [unknown, foreign] {
            assert!(header(answer.headers(), "content-type").starts_with("text/html"));
            let html = answer.text().await.unwrap();
            assert!(!html.contains(&words), "{html}");
            shapes.push(skeleton(&parse(&html, false)));
        }
    }
    assert_eq!(shapes[..2], shapes[2..]);
    let request = server
        .request(Method::GET, "/api/none")
        .send()
        .await
        .unwrap();
    assert_eq!(request.status(), 404);
}
