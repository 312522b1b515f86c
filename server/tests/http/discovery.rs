//! What search engines and home screens are told.

use trial_http::functions::{one_of_everything, store};
use trial_http::running::{Running, header};

#[tokio::test]
async fn a_search_engine_is_led_to_what_can_be_bought() {
    let server = Running::start().await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    one_of_everything(&server, maker).await;

    let robots = server.get("/robots.txt").await;
    assert!(header(robots.headers(), "content-type").starts_with("text/plain"));
    let robots = robots.text().await.unwrap();
    assert!(robots.contains("Disallow: /dashboard\n"), "{robots}");
    let index = one_line(&robots, "Sitemap: ", "");
    assert!(index.ends_with("/sitemap.xml"), "{index}");

    let index = server.get("/sitemap.xml").await;
    assert!(header(index.headers(), "content-type").starts_with("application/xml"));
    let index = index.text().await.unwrap();
    assert!(index.contains("/sitemap/stores-1.xml</loc>"), "{index}");
    let part = one_line(&index, "/sitemap/products", "</loc>");
    let products = server.get(&format!("/sitemap/products{part}")).await;
    let products = products.text().await.unwrap();
    let page = one_line(&products, "/s/", "</loc>");
    assert_eq!(server.get(&format!("/s/{page}")).await.status(), 200);
    assert!(products.contains("<lastmod>20"), "{products}");
}

#[tokio::test]
async fn a_part_that_there_can_not_be_is_not_there() {
    let server = Running::start().await;
    for part in ["stores-0.xml", "carts-1.xml", "stores-1", "x"] {
        let answer = server.get(&format!("/sitemap/{part}")).await;
        assert_eq!(answer.status(), 404, "{part}");
    }
    // One that there may be one day is empty.
    let answer = server.get("/sitemap/stores-9.xml").await;
    assert_eq!(answer.status(), 200);
    assert!(!answer.text().await.unwrap().contains("<url>"));
}

#[tokio::test]
async fn an_icon_is_not_asked_for_on_every_page() {
    let server = Running::start().await;
    for name in ["favicon.svg", "site.webmanifest"] {
        server.put_site_file(name, "{}");
        let icon = server.get(&format!("/{name}")).await;
        assert_eq!(
            header(icon.headers(), "cache-control"),
            "public, max-age=604800"
        );
    }
}

/// What stands between two marks, the first time.
fn one_line<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let rest = text.split(begin).nth(1).unwrap();
    let line = rest.lines().next().unwrap();
    match end {
        "" => line,
        end => line.split(end).next().unwrap(),
    }
}
