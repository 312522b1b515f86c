//! Whole shops: what is behind a front page or a collection's link.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use importer::platform::Platform;
use importer::shop::{Listing, ShopError, Way, list};
use trial_web::shop::{Answer, Shop, answer, fetcher, page};

/// The path and query that a request asks for.
fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

fn json(body: &str) -> Answer {
    answer(
        "200 OK",
        "Content-Type: application/json\r\n",
        body.as_bytes(),
    )
}

fn xml(body: &str) -> Answer {
    answer(
        "200 OK",
        "Content-Type: application/xml\r\n",
        body.as_bytes(),
    )
}

fn missing() -> Answer {
    answer("404 Not Found", "", b"")
}

async fn listed(shop: &Shop, link: &str, most: usize) -> Result<Listing, ShopError> {
    list(&fetcher(shop), &shop.url(link), most).await
}

fn paths(listing: &Listing) -> Vec<&str> {
    listing
        .products
        .iter()
        .map(|product| product.url.path())
        .collect()
}

/// 250 products, a hundred at a time; 3 of them in a collection.
async fn shopify() -> Shop {
    Shop::open(|head| {
        let products = |numbers: std::ops::Range<usize>| {
            let product = |n| format!(r#"{{"handle":"mug-{n}","title":"Mug &amp; saucer {n}"}}"#);
            let products: Vec<String> = numbers.map(product).collect();
            json(&format!(r#"{{"products":[{}]}}"#, products.join(",")))
        };
        match path(head) {
            "/" | "/collections/blue" => page("<script>Shopify.shop = 'x'</script>"),
            "/products.json?limit=100&page=1" => products(0..100),
            "/products.json?limit=100&page=2" => products(100..200),
            "/products.json?limit=100&page=3" => products(200..250),
            "/collections/blue/products.json?limit=100&page=1" => products(0..3),
            _ => missing(),
        }
    })
    .await
}

#[tokio::test]
async fn a_shopify_shop_is_listed_page_by_page() {
    let shop = shopify().await;
    let listing = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(listing.products.len(), 250);
    assert_eq!(
        (listing.way, listing.whole_shop, listing.complete),
        (Way::Software(Platform::Shopify), true, true)
    );
    assert_eq!(listing.products[249].url, shop.url("/products/mug-249"));
    assert_eq!(
        listing.products[249].title.as_deref(),
        Some("Mug & saucer 249")
    );
}

#[tokio::test]
async fn a_list_ends_where_it_was_told_to() {
    let shop = shopify().await;
    let listing = listed(&shop, "/", 150).await.unwrap();
    assert_eq!((listing.products.len(), listing.complete), (150, false));
    // The front page and two of the list.
    assert_eq!(shop.requests().len(), 3);
    // In the middle of the last answer, and at its end.
    let cut = listed(&shop, "/", 240).await.unwrap();
    assert_eq!((cut.products.len(), cut.complete), (240, false));
    let whole = listed(&shop, "/", 250).await.unwrap();
    assert_eq!((whole.products.len(), whole.complete), (250, true));
}

#[tokio::test]
async fn a_shopify_collection_lists_its_own_products() {
    let shop = shopify().await;
    let listing = listed(&shop, "/collections/blue", 1000).await.unwrap();
    assert_eq!(
        paths(&listing),
        ["/products/mug-0", "/products/mug-1", "/products/mug-2"]
    );
    assert!(!listing.whole_shop && listing.complete);
}

#[tokio::test]
async fn a_woocommerce_shop_and_its_category_are_listed() {
    let shop = Shop::open(|head| {
        let url = |path: &str| format!("http://{}{path}", host(head));
        match path(head) {
            "/" | "/product-category/cups/" => {
                page(r#"<meta name="generator" content="WooCommerce 10.3">"#)
            }
            all if all.starts_with("/wp-json/wc/store/v1/products") => {
                json(&if all.contains("category=cups") {
                    format!(
                        r#"[{{"name":"Cup","permalink":"{}"}}]"#,
                        url("/product/cup/")
                    )
                } else {
                    format!(
                        r#"[{{"name":"Mug","permalink":"{}"}},{{"name":"Cup","permalink":"{}"}}]"#,
                        url("/product/mug/"),
                        url("/product/cup/")
                    )
                })
            }
            _ => missing(),
        }
    })
    .await;
    let all = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(paths(&all), ["/product/mug/", "/product/cup/"]);
    assert_eq!(
        (all.way, all.whole_shop),
        (Way::Software(Platform::WooCommerce), true)
    );
    let cups = listed(&shop, "/product-category/cups/", 1000)
        .await
        .unwrap();
    assert_eq!(paths(&cups), ["/product/cup/"]);
    assert!(!cups.whole_shop);
}

/// What the client calls the server.
fn host(head: &str) -> String {
    let host = head.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_squarespace_store_page_is_listed() {
    let shop = Shop::open(|head| match path(head) {
        "/shop" => page(r#"<script src="https://static1.squarespace.com/a.js"></script>"#),
        "/shop?format=json" => json(
            r#"{"collection":{"typeName":"products"},"items":[{"fullUrl":"/shop/p/mug","title":"Mug"}],
                "pagination":{"nextPageUrl":"/shop?offset=1"}}"#,
        ),
        "/shop?offset=1&format=json" => json(
            r#"{"collection":{"typeName":"products"},"items":[{"fullUrl":"/shop/p/cup","title":"Cup"}]}"#,
        ),
        _ => missing(),
    })
    .await;
    let listing = listed(&shop, "/shop", 1000).await.unwrap();
    assert_eq!(paths(&listing), ["/shop/p/mug", "/shop/p/cup"]);
    assert_eq!(
        (listing.way, listing.whole_shop, listing.complete),
        (Way::Software(Platform::Squarespace), false, true)
    );
}

#[tokio::test]
async fn a_big_cartel_shop_is_listed() {
    let shop = Shop::open(|head| match path(head) {
        "/" => page(r#"<img src="https://assets.bigcartel.com/a.png">"#),
        "/products.json" => json(r#"[{"name":"Mug","url":"/product/mug"}]"#),
        _ => missing(),
    })
    .await;
    let listing = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(
        (paths(&listing), listing.way),
        (vec!["/product/mug"], Way::Software(Platform::BigCartel))
    );
}

#[tokio::test]
async fn any_other_shop_is_listed_by_its_product_sitemap() {
    let shop = Shop::open(|head| match path(head) {
        "/" => page("a shop of its own making"),
        "/robots.txt" => answer("200 OK", "", b"User-agent: *\nSitemap: /maps/index.xml\n"),
        "/maps/index.xml" => xml(
            "<sitemapindex><sitemap><loc>/maps/pages.xml</loc></sitemap>\
             <sitemap><loc>/maps/products-1.xml</loc></sitemap>\
             <sitemap><loc>/maps/products-2.xml</loc></sitemap></sitemapindex>",
        ),
        "/maps/products-1.xml" => xml(
            "<urlset><url><loc>/</loc></url><url><loc>/blue-mug.html</loc></url>\
             <url><loc>https://elsewhere.example/mug</loc></url></urlset>",
        ),
        "/maps/products-2.xml" => {
            xml("<urlset><url><loc>/red-mug.html?utm_source=map</loc></url></urlset>")
        }
        _ => missing(),
    })
    .await;
    let listing = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(paths(&listing), ["/blue-mug.html", "/red-mug.html"]);
    assert_eq!(listing.products[1].url, shop.url("/red-mug.html"));
    assert_eq!(
        (listing.way, listing.whole_shop, listing.complete),
        (Way::Sitemap, true, true)
    );
    assert!(
        !shop
            .requests()
            .iter()
            .any(|head| path(head) == "/maps/pages.xml")
    );
}

#[tokio::test]
async fn a_mixed_sitemap_gives_only_what_looks_like_products() {
    let shop = Shop::open(|head| match path(head) {
        "/" => page("a shop of its own making"),
        "/sitemap.xml" => xml(
            "<urlset><url><loc>/about</loc></url><url><loc>/product/mug</loc></url>\
             <url><loc>/blog/a-mug</loc></url></urlset>",
        ),
        _ => missing(),
    })
    .await;
    let listing = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(paths(&listing), ["/product/mug"]);
}

#[tokio::test]
async fn software_that_does_not_answer_leaves_the_sitemap() {
    let shop = Shop::open(|head| match path(head) {
        "/" => page("<script>Shopify.shop = 'x'</script>"),
        "/products.json?limit=100&page=1" => answer("401 Unauthorized", "", b""),
        "/sitemap.xml" => xml("<urlset><url><loc>/products/mug</loc></url></urlset>"),
        _ => missing(),
    })
    .await;
    let listing = listed(&shop, "/", 1000).await.unwrap();
    assert_eq!(
        (paths(&listing), listing.way),
        (vec!["/products/mug"], Way::Sitemap)
    );
}

#[tokio::test]
async fn a_page_without_a_shop_lists_nothing() {
    let shop = Shop::open(|head| {
        if path(head) == "/" {
            page("hello")
        } else {
            missing()
        }
    })
    .await;
    assert_eq!(listed(&shop, "/", 1000).await, Err(ShopError::NoProducts));
    assert!(matches!(
        listed(&shop, "/gone", 1000).await,
        Err(ShopError::Fetch(_))
    ));
}

#[tokio::test]
async fn a_list_that_never_ends_is_left() {
    let shop = Shop::open(|head| match path(head) {
        "/shop" => page(r#"<script src="https://static1.squarespace.com/a.js"></script>"#),
        _ => json(
            r#"{"collection":{"typeName":"products"},"items":[{"fullUrl":"/shop/p/mug"}],
                "pagination":{"nextPageUrl":"/shop?offset=1"}}"#,
        ),
    })
    .await;
    let listing = listed(&shop, "/shop", 1000).await.unwrap();
    assert_eq!((listing.products.len(), listing.complete), (1, false));
    assert!(shop.requests().len() <= 102);
}

#[tokio::test]
async fn a_sitemap_that_names_itself_is_left() {
    let shop = Shop::open(|head| match path(head) {
        "/" => page("a shop of its own making"),
        "/robots.txt" => missing(),
        _ => xml("<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"),
    })
    .await;
    assert_eq!(listed(&shop, "/", 1000).await, Err(ShopError::NoProducts));
    assert!(shop.requests().len() <= 42);
}
