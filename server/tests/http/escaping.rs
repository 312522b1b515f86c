//! No text leaves unescaped: whatever people type, every page has the elements and attributes it has with plain words.

mod shop;
mod town;
mod tree;
mod voice;

use reqwest::Method;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use std::collections::BTreeMap;
use town::{Town, led_to};
use tree::{facts, forms, parse, skeleton, title};
use trial_http::running::header;
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

/// Goes everywhere, as everybody.
async fn walk(town: &Town, shapes: &mut Shapes) {
    let routes = server::pages::every_page();
    assert!(routes.len() > 30, "{}", routes.len());
    for route in &routes {
        let mut seen = false;
        for (number, path) in addresses(town, route.path()).iter().enumerate() {
            for (who, cookie) in town.visitors() {
                let label = format!("{who} at {} {number}", route.path());
                let (status, _) = see(town, cookie, path, &label, shapes).await;
                seen |= status == 200;
            }
        }
        assert!(seen, "nobody sees anything at {}", route.path());
        if let Some((before, _)) = route.path().split_once('{') {
            let path = format!("{before}{}", town.voice.in_address());
            let label = format!("{before} and words");
            see(town, &town.maker, &path, &label, shapes).await;
        }
    }
    let nowhere = format!("/{}", town.voice.in_address());
    see(town, &town.guest, &nowhere, "nowhere", shapes).await;
}

/// Goes everywhere with words in the address, and sends every form with words that are refused.
async fn ask_for_words(town: &Town, shapes: &mut Shapes) {
    for route in server::pages::every_page() {
        for (number, path) in addresses(town, route.path()).iter().enumerate() {
            for (who, cookie) in &town.visitors()[..2] {
                let label = format!("{who} at {} {number}", route.path());
                words_in_the_query(town, cookie, path, &label, shapes).await;
                words_in_forms(town, cookie, path, &label, shapes).await;
            }
        }
    }
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
    note(status, &html, label, shapes);
    (status, html)
}

fn note(status: u16, html: &str, label: &str, shapes: &mut Shapes) {
    assert!(status < 500, "{label}: {status}\n{html}");
    let mut shape = format!("{status}\n{}", skeleton(&parse(html, true)));
    if html.contains("<noscript") {
        shape += &skeleton(&parse(html, false));
    }
    shapes.insert(label.to_owned(), shape);
}

async fn words_in_the_query(
    town: &Town,
    cookie: &str,
    path: &str,
    label: &str,
    shapes: &mut Shapes,
) {
    let words = town.voice.in_address();
    let names = [
        "search", "page", "next", "link", "removed", "rate", "units", "state", "sort", "category",
        "by_hand",
    ];
    let query = names.map(|name| format!("{name}={words}")).join("&");
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

async fn words_in_forms(town: &Town, cookie: &str, path: &str, label: &str, shapes: &mut Shapes) {
    let html = town.look(cookie, path).await.text().await.unwrap();
    let forms = forms(&parse(&html, true));
    for form in forms.iter().filter(|form| form.is_typed_into()) {
        let fields = form.filled(|place, _, room| town.voice.says(place, room));
        let name = form.action.trim_end_matches(|c: char| c.is_ascii_digit());
        let label = format!("{label} after {name}");
        let answer = town.send(cookie, path, form, &fields).await;
        match answer.status().as_u16() {
            303 => _ = see(town, cookie, &led_to(&answer), &label, shapes).await,
            status => note(status, &answer.text().await.unwrap(), &label, shapes),
        }
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
    let mut plain = Shapes::new();
    let town = Town::build(Voice::Plain).await;
    walk(&town, &mut plain).await;
    ask_for_words(&town, &mut plain).await;
    for (first, words) in HOSTILE.iter().enumerate() {
        let town = Town::build(Voice::Hostile(first)).await;
        let mut hostile = Shapes::new();
        walk(&town, &mut hostile).await;
        says_exactly_what_was_typed(&town).await;
        if first == 0 {
            ask_for_words(&town, &mut hostile).await;
            assert!(
                hostile.keys().eq(plain.keys()),
                "not the same pages and forms"
            );
        }
        for (label, shape) in &hostile {
            assert!(
                *shape == plain[label],
                "{label} is another page with {:?}: {}",
                words,
                first_difference(&plain[label], shape)
            );
        }
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
    let server = trial_http::running::Running::start().await;
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
