//! Walls, lists, articles and errors are told by name; products never are.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's way to say that something is wrong"
)]

use importer::NotADraft::{
    self, Article, BotWall, Category, ErrorPage, FrontPage, LogIn, NoProduct, Queue, Search,
};
use importer::{Document, classify, sources};
use url::Url;

fn check(address: &str, html: &str, expected: Option<NotADraft>) {
    let url = Url::parse(address).expect("an address");
    let document = Document::from_text(html);
    let readings = sources::read(&document, &url);
    let found = classify::verdict(&document, &url, &readings);
    assert_eq!(found, expected, "{address}: {html}");
}

const SHOP: &str = "https://shop.example.com";

fn at(path: &str) -> String {
    format!("{SHOP}{path}")
}

#[test]
fn proofs_of_being_human_are_walls() {
    let wall = |html: &str| check(&at("/p/bowl"), html, Some(BotWall));
    wall(
        "<title>Just a moment...</title><body><h1>shop.example.com</h1><p>Checking your browser</p></body>",
    );
    wall(
        "<title>Attention Required! | Cloudflare</title><body><h1>Sorry, you have been blocked</h1></body>",
    );
    wall(
        "<title>shop.example.com</title><body><script>var dd={'host':'geo.captcha-delivery.com'}</script></body>",
    );
    wall(
        "<title>Access to this page has been denied</title><body><div id='px-captcha'></div></body>",
    );
    wall(
        "<title>Robot Check</title><body><p>Enter the characters you see below</p><form action='/errors/validateCaptcha'></form></body>",
    );
    wall(
        "<html><head></head><body><iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>",
    );
    wall(
        "<title>Access Denied</title><body><h1>Access Denied</h1>You don't have permission to access this page. Reference #18.5</body>",
    );
    wall(
        "<title>Pardon Our Interruption</title><body><p>Something about your browser made us think you were a bot.</p></body>",
    );
    wall(
        "<title>Sicherheitsabfrage</title><body><p>Bitte bestätigen Sie, dass Sie ein Mensch sind</p></body>",
    );
    wall(
        "<title>shop</title><body><p>Please verify you are human by pressing the button.</p></body>",
    );
    wall(
        "<title></title><body><script src='https://www.google.com/recaptcha/api.js'></script><div class='g-recaptcha'></div></body>",
    );
}

#[test]
fn a_queue_is_a_queue() {
    check(
        &at("/p/bowl"),
        "<title>Queue-it</title><body><p>You are now in line.</p></body>",
        Some(Queue),
    );
    check(
        "https://shop.queue-it.net/?c=shop",
        "<title>Shop</title><body></body>",
        Some(Queue),
    );
    check(
        &at("/p/bowl"),
        "<title>Warteraum</title><body><p>Ihre geschätzte Wartezeit: 4 Minuten</p></body>",
        Some(Queue),
    );
}

fn cards(count: usize) -> String {
    (0..count)
        .map(|n| format!("<li class='product'><a href='/p/{n}'><img src='/{n}.jpg'><h3>Bowl {n}</h3></a><span class='price'>$1{n}.00</span></li>"))
        .collect()
}

#[test]
fn a_list_of_products_is_none() {
    let list = format!(
        "<title>Bowls</title><body><h1>Bowls</h1><ul class='products'>{}</ul></body>",
        cards(8)
    );
    check(&at("/collections/bowls"), &list, Some(Category));
    check(&at("/bowls"), &list, Some(Category));
    let as_one_product = list.replace(
        "<body>",
        "<script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"Bowls\",\"offers\":{\"@type\":\"AggregateOffer\",\"lowPrice\":5,\"highPrice\":90,\"priceCurrency\":\"EUR\"}}</script><body>",
    );
    check(&at("/bowls"), &as_one_product, Some(Category));
    let with_buttons = list.replace("</span></li>", "</span><button>Add to cart</button></li>");
    check(&at("/bowls"), &with_buttons, Some(Category));
}

#[test]
fn search_results_are_named() {
    let list = format!(
        "<title>Search results for bowl</title><body><h1>Search results</h1><ul>{}</ul></body>",
        cards(5)
    );
    check(&at("/search?q=bowl"), &list, Some(Search));
    check(
        &at("/suche?q=vase"),
        "<title>Suchergebnisse</title><body><h1>Keine Treffer</h1></body>",
        Some(Search),
    );
}

#[test]
fn articles_are_named() {
    let text = "<p>Clay has been dug from river banks for thousands of years, and every potter knows the smell of it, the weight of it and what it does in the kiln.</p>".repeat(5);
    check(
        &at("/blog/clay"),
        &format!(
            "<title>On clay</title><meta property='og:type' content='article'><body><h1>On clay</h1>{text}</body>"
        ),
        Some(Article),
    );
    check(
        &at("/blogs/news/clay"),
        &format!(
            "<title>On clay</title><script type='application/ld+json'>{{\"@type\":\"BlogPosting\"}}</script><body><h1>On clay</h1>{text}</body>"
        ),
        Some(Article),
    );
}

#[test]
fn a_log_in_is_named() {
    check(
        &at("/account/login"),
        "<title>Log in</title><body><h1>Log in</h1><form><input type='email'><input type='password'><button>Sign in</button></form></body>",
        Some(LogIn),
    );
}

#[test]
fn an_error_sent_as_a_page_is_an_error() {
    let error = |title: &str, heading: &str| {
        check(
            &at("/p/gone"),
            &format!(
                "<title>{title}</title><body><h1>{heading}</h1><p>Try the home page.</p></body>"
            ),
            Some(ErrorPage),
        );
    };
    error("404 Not Found", "Oops");
    error("Kiln", "Page not found");
    error("Seite nicht gefunden", "Diese Seite existiert nicht");
    error("Página no encontrada", "Error 404");
    error("Страница не найдена", "404");
}

#[test]
fn a_front_page_is_named() {
    let page = format!(
        "<title>Kiln and Clay</title><body><h1>Stoneware for every day</h1><ul>{}</ul></body>",
        cards(4)
    );
    check(&at("/"), &page, Some(FrontPage));
}

#[test]
fn a_page_about_nothing_to_buy_is_no_product() {
    check(
        &at("/contact"),
        "<title>Contact</title><body><h1>Contact</h1><p>Write to us.</p></body>",
        Some(NoProduct),
    );
    check(
        &at("/p/bowl"),
        "<html><body></body></html>",
        Some(NoProduct),
    );
}

#[test]
fn products_are_never_refused() {
    let product = |path: &str, html: &str| check(&at(path), html, None);
    let buy = "<h1>Stoneware Bowl 404</h1><p class='price'>$24.00</p><button>Add to cart</button>";
    product(
        "/p/bowl",
        &format!("<title>Stoneware Bowl 404</title><body>{buy}</body>"),
    );
    product(
        "/collections/bowls/products/bowl",
        &format!(
            "<title>Stoneware Bowl 404</title><body>{buy}<h2>You may also like</h2><ul>{}</ul></body>",
            cards(8)
        ),
    );
    product(
        "/p/bowl",
        &format!(
            "<title>Stoneware Bowl 404</title><body><form><input type='password'></form>{buy}<script src='https://www.google.com/recaptcha/api.js'></script></body>"
        ),
    );
    product(
        "/p/bowl",
        "<title>Bowl</title><body><h1>Bowl</h1><p class='price'>$24.00</p><button disabled>Sold out</button></body>",
    );
    product(
        "/p/bowl",
        "<title>Bowl</title><body><h1>Bowl</h1><p>Price on request</p><table><tr><td>SKU</td><td>KC-204</td></tr></table></body>",
    );
    product(
        "/blog/bowl",
        "<title>Bowl</title><script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"Bowl\",\"offers\":{\"price\":\"24.00\",\"priceCurrency\":\"EUR\"}}</script><body><h1>Bowl</h1></body>",
    );
}
