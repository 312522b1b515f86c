//! Pages that are made once for all guests: nobody sees what is another's, and nobody what is not so any more.

use flate2::read::GzDecoder;
use market::Market;
use market::store::Owner;
use model::{Money, ProductId};
use reqwest::header::{ACCEPT, COOKIE, SET_COOKIE};
use reqwest::{Method, Response};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use trial_http::functions;
use trial_http::running::{PAGE, Running, function, header, token_in};

const EVERYBODYS: [&str; 5] = ["/", "/market", "/stores", "/s/kiln", "/s/kiln/a-mug"];

/// A store with a product that other stores can carry.
async fn kiln(server: &Running) -> (Owner, ProductId) {
    let owner = functions::store(server, "ada@post.example", "Kiln").await;
    let mug = functions::a_mug(&server.market, owner).await;
    let terms = model::OfferForm {
        rate: "1".into(),
        units: "2".into(),
    };
    market::offer::open(&server.market, owner, mug, terms.validate().unwrap())
        .await
        .unwrap();
    (owner, mug)
}

/// Another process on the same database.
async fn beside(server: &Running) -> Market {
    Market::connect(server.market.settings().clone())
        .await
        .unwrap()
}

fn cookies(response: &Response) -> Vec<String> {
    let given = response.headers().get_all(SET_COOKIE).iter();
    given
        .map(|line| line.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect()
}

fn nonce(response: &Response) -> String {
    let policy = header(response.headers(), "content-security-policy");
    let (_, rest) = policy.split_once("'nonce-").unwrap();
    rest.split('\'').next().unwrap().to_owned()
}

async fn price(market: &Market, owner: Owner, product: ProductId, price: Money) {
    let edit = market::product::form(market, owner, product).await.unwrap();
    let mut form = edit.form;
    form.variants[0].price = price.typed(model::Currency::Usd);
    let change = form.changes(&edit.shown, model::Currency::Usd).unwrap();
    market::product::update(market, owner, product, change)
        .await
        .unwrap();
}

#[tokio::test]
async fn each_guest_has_words_of_her_own_in_a_page_that_is_otherwise_everybodys() {
    let server = Running::start().await;
    kiln(&server).await;
    for page in EVERYBODYS {
        let mut seen = BTreeSet::new();
        let mut texts = BTreeSet::new();
        for _ in 0..3 {
            let response = server.get(page).await;
            assert_eq!(response.status(), 200, "{page}");
            assert_eq!(
                header(response.headers(), "cache-control"),
                "private, no-cache"
            );
            let (nonce, given) = (nonce(&response), cookies(&response));
            assert!(
                given
                    .iter()
                    .any(|cookie| cookie.starts_with("shelfshare-page=")),
                "{page}"
            );
            assert_eq!(
                given
                    .iter()
                    .any(|cookie| cookie.starts_with("shelfshare-visitor=")),
                page == "/s/kiln/a-mug",
                "{page}"
            );
            let text = response.text().await.unwrap();
            let token = token_in(&text);
            let (salt, hash) = token.split_once("..").unwrap();
            assert!(text.contains(&format!("nonce=\"{nonce}\"")), "{page}");
            for word in given.iter().map(String::as_str).chain([&nonce, salt, hash]) {
                assert!(seen.insert(word.to_owned()), "{page}: {word} came twice");
            }
            texts.insert(
                [nonce.as_str(), salt, hash]
                    .iter()
                    .fold(text, |text, word| text.replace(word, "…")),
            );
        }
        assert_eq!(texts.len(), 1, "{page}");
    }
}

/// The bytes of a page as they are sent to a browser.
fn packed(server: &Running, page: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(server.host()).unwrap();
    let host = server.host();
    write!(
        stream,
        "GET {page} HTTP/1.1\r\nHost: {host}\r\nAccept: {PAGE}\r\n\
         Accept-Encoding: gzip, deflate, br, zstd\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let body = answer.split_off(end.unwrap() + 4);
    (String::from_utf8(answer).unwrap(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packed_page_is_the_same_page() {
    let server = Running::start().await;
    kiln(&server).await;
    for page in EVERYBODYS {
        let (head, packed) = tokio::task::block_in_place(|| packed(&server, page));
        assert!(head.contains("content-encoding: gzip"), "{page}: {head}");
        let (_, rest) = head.split_once("'nonce-").unwrap();
        let nonce = rest.split('\'').next().unwrap();
        let mut text = String::new();
        GzDecoder::new(&packed[..])
            .read_to_string(&mut text)
            .unwrap();
        let plain = server.get(page).await.text().await.unwrap();
        assert_eq!(text.len(), plain.len(), "{page}");
        assert!(packed.len() * 2 < text.len(), "{page}");
        assert!(text.contains(nonce), "{page}");
        assert!(text.contains("</html>"), "{page}: {text}");
    }
}

#[tokio::test]
async fn a_form_of_a_kept_page_is_sent_like_any_other() {
    let server = Running::start().await;
    kiln(&server).await;
    for _ in 0..2 {
        let response = server.get("/s/kiln/a-mug").await;
        let cookie = cookies(&response).join("; ");
        let text = response.text().await.unwrap();
        let value = |name: &str| {
            let input = text.split_once(&format!("name=\"{name}\""));
            let (_, input) = input.unwrap_or_else(|| panic!("no {name} in {text}"));
            input.split('"').nth(1).unwrap().to_owned()
        };
        let fields = ["_token", "_back", "once", "listing", "seen", "variant"]
            .map(|name| (name, value(name)));
        let sent = server
            .request(Method::POST, &function("add_to_cart"))
            .header(ACCEPT, PAGE)
            .header("origin", &server.public_url)
            .header(COOKIE, cookie)
            .form(
                &fields
                    .iter()
                    .chain(&[("units", "1".to_owned())])
                    .collect::<Vec<_>>(),
            )
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status(), 303);
        assert!(
            cookies(&sent)
                .iter()
                .any(|cookie| cookie.starts_with("shelfshare="))
        );
    }
}

#[tokio::test]
async fn whatever_changes_is_on_the_next_page_whoever_changed_it() {
    let server = Running::start().await;
    let (owner, mug) = kiln(&server).await;
    let other = beside(&server).await;
    for dollars in 20..30 {
        price(&other, owner, mug, Money(dollars * 100)).await;
        let shown = format!("${dollars}.00");
        for page in ["/", "/market", "/s/kiln", "/s/kiln/a-mug"] {
            for _ in 0..2 {
                let text = server.get(page).await.text().await.unwrap();
                assert!(text.contains(&shown), "{page} does not show {shown}");
            }
        }
    }
    market::product::archive(&other, owner, mug, None)
        .await
        .unwrap();
    assert!(
        !server
            .get("/market")
            .await
            .text()
            .await
            .unwrap()
            .contains("A mug")
    );
    let gone = server.get("/s/kiln/a-mug").await.text().await.unwrap();
    assert!(!gone.contains("data-testid=\"product-price\""));
}

#[tokio::test]
async fn nothing_of_anybody_is_in_what_others_get() {
    let server = Running::start().await;
    kiln(&server).await;
    let of_guest = async |page: &str| server.get(page).await.text().await.unwrap();
    let mut before = Vec::new();
    for page in EVERYBODYS {
        before.push(of_guest(page).await.len());
    }
    let owner = functions::log_in(&server, "ada@post.example").await;
    let buyer = server.sign_up("bea@post.example").await;
    for (page, before) in EVERYBODYS.into_iter().zip(before) {
        for cookie in [&owner, &buyer] {
            let hers = server.get_as(cookie, page).await;
            assert_eq!(header(hers.headers(), "cache-control"), "no-store");
            assert!(hers.text().await.unwrap().contains("Ada Abara"), "{page}");
        }
        let after = of_guest(page).await;
        assert!(!after.contains("Ada Abara"), "{page}");
        assert_eq!(after.len(), before, "{page}");
    }
}

#[tokio::test]
async fn what_a_link_brings_along_makes_no_other_page_and_is_on_none() {
    let server = Running::start().await;
    kiln(&server).await;
    let page = server.get("/s/kiln/a-mug?utm_source=secret-word").await;
    assert!(!page.text().await.unwrap().contains("secret-word"));
    let dark = server.get_as("theme=dark", "/market").await;
    assert!(dark.text().await.unwrap().contains("data-theme=\"night\""));
    let plain = server.get("/market").await;
    assert!(!plain.text().await.unwrap().contains("data-theme=\"night\""));
}

#[tokio::test]
async fn while_nobody_follows_the_changes_pages_are_made_for_each() {
    let server = Running::start().await;
    let (owner, mug) = kiln(&server).await;
    server.get("/market").await;
    server
        .past_all_rules("ALTER TABLE changes RENAME TO elsewhere")
        .await;
    // The market can change nothing now that everybody is shown; the rows themselves can.
    server
        .past_all_rules("DROP TRIGGER changes_product_changed")
        .await;
    server
        .past_all_rules("UPDATE products SET title = 'A jug'")
        .await;
    let text = server.get("/market").await.text().await.unwrap();
    assert!(text.contains("A jug"));
    let _ = (owner, mug);
}
