//! From a link to a draft, over HTTP.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use importer::fetch::FetchError;
use importer::import::{Again, Import, ImportError, Step, pictures, read, read_again};
use importer::{NotADraft, Source};
use trial_web::shop::{Shop, answer, fetcher, page, redirect};
use url::Url;

const MUG: &str = r#"<html><head><link rel="stylesheet" href="https://cdn.shopify.com/theme.css">
    <meta property="og:type" content="product"><meta property="og:title" content="Blue mug">
    <meta property="product:price:amount" content="24.90"><meta property="product:price:currency" content="EUR">
    </head><body><h1>Blue mug</h1><form action="/cart/add"><button>Add to cart</button></form></body></html>"#;

const MUG_DATA: &str = r#"{"id":1,"title":"Blue mug","handle":"mug","vendor":"Kiln","price":2490,"available":true,
    "options":[{"name":"Size","values":["S","L"]}],"images":["//cdn.shopify.com/mug.jpg"],"variants":[
    {"id":2,"title":"S","sku":"MUG-S","price":2490,"available":true,"options":["S"],"option1":"S"},
    {"id":3,"title":"L","sku":"MUG-L","price":2990,"available":false,"options":["L"],"option1":"L"}]}"#;

/// Sells one mug, on software that tells more than its page if `data` does.
async fn shop(data: &'static str) -> Shop {
    Shop::open(move |head| match head.split(' ').nth(1).unwrap_or_default() {
        "/products/mug" if head.contains("if-none-match: \"1\"") => answer("304 Not Modified", "", b""),
        "/products/mug" => answer("200 OK", "Content-Type: text/html\r\nETag: \"1\"\r\n", MUG.as_bytes()),
        "/products/mug.js" if !data.is_empty() => answer("200 OK", "", data.as_bytes()),
        "/old" => redirect("/products/mug"),
        "/captcha" => page("<title>Just a moment...</title><form id=\"challenge-form\"></form>Checking your browser"),
        "/1.jpg" => answer("200 OK", "Content-Type: image/jpeg\r\n", b"a picture"),
        "/3.jpg" => answer("200 OK", "Content-Type: image/jpeg\r\n", b"another"),
        _ => answer("404 Not Found", "", b""),
    })
    .await
}

async fn imported(shop: &Shop, path: &str) -> Result<Import, ImportError> {
    read(&fetcher(shop), &shop.url(path), &mut |_| {}).await
}

#[tokio::test]
async fn a_link_becomes_a_draft_step_by_step() {
    let shop = shop("").await;
    let mut steps = Vec::new();
    let import = read(&fetcher(&shop), &shop.url("/old"), &mut |step| {
        steps.push(step)
    })
    .await
    .unwrap();
    assert_eq!(steps, [Step::Reading, Step::Understanding]);
    assert_eq!(import.url, shop.url("/products/mug"));
    assert_eq!(import.draft.title.unwrap().value, "Blue mug");
    assert_eq!(import.draft.price.unwrap().value.value.to_string(), "24.90");
}

#[tokio::test]
async fn the_shops_software_is_asked_for_what_the_page_does_not_say() {
    let shop = shop(MUG_DATA).await;
    let draft = imported(&shop, "/products/mug").await.unwrap().draft;
    assert_eq!(draft.variants.len(), 2);
    let title = draft.title.unwrap();
    assert_eq!(
        (title.value.as_str(), title.source),
        ("Blue mug", Source::Platform)
    );
}

#[tokio::test]
async fn an_answer_of_the_software_that_makes_no_sense_changes_nothing() {
    let quiet = imported(&shop("").await, "/products/mug").await.unwrap();
    for nonsense in ["<html>", "{}", "[[[["] {
        let draft = imported(&shop(nonsense).await, "/products/mug")
            .await
            .unwrap()
            .draft;
        assert_eq!(draft.title, quiet.draft.title, "{nonsense}");
        assert_eq!(draft.price, quiet.draft.price, "{nonsense}");
    }
}

#[tokio::test]
async fn what_is_no_product_says_what_it_is() {
    let shop = shop("").await;
    let wall = imported(&shop, "/captcha").await.unwrap_err();
    assert_eq!(wall, ImportError::NotADraft(NotADraft::BotWall));
    let gone = imported(&shop, "/nothing").await.unwrap_err();
    assert_eq!(gone, ImportError::Fetch(FetchError::Gone));
}

#[tokio::test]
async fn a_page_that_is_the_same_is_not_understood_again() {
    let shop = shop("").await;
    let (fetcher, url) = (fetcher(&shop), shop.url("/products/mug"));
    let first = read(&fetcher, &url, &mut |_| {}).await.unwrap();
    let again = read_again(&fetcher, &url, &first.validators).await.unwrap();
    assert!(matches!(again, Again::Same));
    let anew = read_again(&fetcher, &url, &Default::default())
        .await
        .unwrap();
    assert!(matches!(anew, Again::Read(import) if import.draft == first.draft));
}

#[tokio::test]
async fn pictures_come_in_their_order_and_missing_ones_say_why() {
    let shop = shop("").await;
    let addresses = ["/1.jpg", "/2.jpg", "/3.jpg", "/products/mug"].map(|path| shop.url(path));
    let mut addresses = addresses.to_vec();
    addresses.push(Url::parse("http://127.0.0.2/private.jpg").unwrap());
    let brought = pictures(&fetcher(&shop), &addresses).await;
    let here: Vec<bool> = brought.iter().map(Result::is_ok).collect();
    assert_eq!(here, [true, false, true, false, false]);
    assert_eq!(brought[0].as_ref().unwrap(), b"a picture");
    assert_eq!(brought[2].as_ref().unwrap(), b"another");
    assert_eq!(brought[1].as_ref().unwrap_err(), &FetchError::Gone);
    assert!(matches!(brought[3], Err(FetchError::NotAPicture { .. })));
    assert!(matches!(brought[4], Err(FetchError::NotAllowed(_))));
}
