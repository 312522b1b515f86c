//! Answers of shop software, read together with a page.

use importer::document::Document;
use importer::platform::{self, Platform};
use importer::{Availability, Draft, Page, ReadPage, extract};
use url::Url;

const SHOPIFY_PAGE: &str = r#"<html><head><title>Blue cup</title><link rel=stylesheet href="https://cdn.shopify.com/x.css"><meta property="og:price:currency" content="JPY">
    <meta property="og:price:amount" content="1,250"></head><body><h1>Blue cup</h1></body></html>"#;

fn page(address: &str, html: &str) -> Page {
    Page {
        url: Url::parse(address).unwrap(),
        content_type: None,
        bytes: html.into(),
    }
}

#[track_caller]
fn read(page: &Page, platform: Platform, body: &str) -> Draft {
    let page = ReadPage::of(page).expect("a page");
    page.draft_with(platform, body.as_bytes()).expect("a draft")
}

fn price(draft: &Draft) -> (String, Option<&str>) {
    let amount = &draft.price.as_ref().expect("a price").value;
    (
        amount.value.normalize().to_string(),
        amount.currency.as_deref(),
    )
}

#[test]
fn where_to_ask() {
    for (address, html, right) in [
        (
            "https://kiln.example/collections/all/products/cup?variant=2",
            SHOPIFY_PAGE,
            "https://kiln.example/products/cup.js",
        ),
        (
            "https://kiln.example/product/cup/",
            "<body class='single-product woocommerce'>",
            "https://kiln.example/wp-json/wc/store/v1/products?slug=cup",
        ),
        (
            "https://kiln.example/shop/p/cup",
            "<script src='https://static1.squarespace.com/x.js'></script>",
            "https://kiln.example/shop/p/cup?format=json",
        ),
        (
            "https://kiln.bigcartel.com/product/cup",
            "<p>",
            "https://kiln.bigcartel.com/product/cup.js",
        ),
    ] {
        let url = Url::parse(address).unwrap();
        let endpoint = platform::endpoint(&Document::from_text(html), &url);
        assert_eq!(
            endpoint.map(|endpoint| endpoint.url.to_string()).as_deref(),
            Some(right)
        );
    }
    assert_eq!(
        platform::endpoint(
            &Document::from_text("<p>"),
            &Url::parse(crate::ADDRESS).unwrap()
        ),
        None
    );
}

#[test]
fn shopify_counts_in_hundredths_or_in_decimals() {
    let page = page("https://kiln.example/products/cup?variant=2", SHOPIFY_PAGE);
    let script = r#"{"id": 1, "title": "Blue cup", "handle": "cup", "vendor": "Kiln", "options": [{"name": "Size"}], "images": ["//cdn.shopify.com/a.jpg"], "variants": [
        {"id": 1, "option1": "S", "price": 125000, "available": true, "sku": "S-1"}, {"id": 2, "option1": "M", "price": 135000, "compare_at_price": 150000, "available": false, "sku": "M-1"}]}"#;
    let draft = read(&page, Platform::Shopify, script);
    assert_eq!(price(&draft), ("1350".to_owned(), Some("JPY")));
    assert_eq!(draft.list_price.unwrap().value.value.to_string(), "1500.00");
    assert_eq!(draft.availability.unwrap().value, Availability::OutOfStock);
    assert_eq!(draft.variants.len(), 2);
    assert_eq!(
        draft.variants[0].options,
        [("Size".to_owned(), "S".to_owned())]
    );
    assert_eq!(draft.sku.unwrap().value, "M-1");

    let json = r#"{"product": {"id": 1, "title": "Blue cup", "body_html": "<p>Good</p>", "vendor": "Kiln", "variants": [{"id": 1, "title": "Default Title", "option1": "Default Title", "price": "12.50"}], "images": [{"src": "https://cdn.shopify.com/a.jpg"}]}}"#;
    let draft = read(&page, Platform::Shopify, json);
    assert_eq!(price(&draft).0, "12.5");
    assert!(draft.variants.is_empty());
}

#[test]
fn woocommerce_says_how_many_digits() {
    let page = page(
        "https://kiln.example/product/cup/",
        "<title>Blue cup</title><body class=woocommerce><h1>Blue cup</h1>",
    );
    for (minor, units, right) in [
        (2, "1250", "12.5"),
        (0, "1250", "1250"),
        (3, "12500", "12.5"),
    ] {
        let body = format!(
            r#"[{{"id": 1, "name": "Blue cup", "prices": {{"price": "{units}", "regular_price": "{units}", "currency_code": "EUR", "currency_minor_unit": {minor}}}, "is_in_stock": false, "images": [{{"src": "https://kiln.example/a.jpg"}}]}}]"#
        );
        let draft = read(&page, Platform::WooCommerce, &body);
        assert_eq!(price(&draft), (right.to_owned(), Some("EUR")));
        assert_eq!(draft.list_price, None);
        assert_eq!(draft.availability.unwrap().value, Availability::OutOfStock);
    }
}

#[test]
fn squarespace_and_big_cartel() {
    let squarespace = page(
        "https://kiln.example/shop/p/cup",
        "<title>Blue cup</title><h1>Blue cup</h1>",
    );
    let body = r#"{"item": {"title": "Blue cup", "structuredContent": {"variants": [{"sku": "a", "attributes": {"Size": "S"}, "priceMoney": {"value": "12.50", "currency": "USD"}, "onSale": true, "salePriceMoney": {"value": "10.00", "currency": "USD"}, "unlimited": false, "qtyInStock": 0},
        {"sku": "b", "attributes": {"Size": "M"}, "priceMoney": {"value": "12.50", "currency": "USD"}, "unlimited": true}]}}}"#;
    let draft = read(&squarespace, Platform::Squarespace, body);
    assert_eq!(price(&draft), ("12.5".to_owned(), Some("USD")));
    assert_eq!(
        draft.variants[0].availability,
        Some(Availability::OutOfStock)
    );
    assert_eq!(
        draft.variants[0]
            .list_price
            .as_ref()
            .unwrap()
            .value
            .to_string(),
        "12.50"
    );

    let cartel = page(
        "https://kiln.bigcartel.com/product/cup",
        "<title>Blue cup</title><h1>Blue cup</h1>",
    );
    let body = r#"{"id": 1, "name": "Blue cup", "permalink": "cup", "price": 12.5, "status": "sold-out", "images": [{"url": "https://assets.bigcartel.com/a.jpg"}], "options": [{"name": "Default", "price": 12.5}]}"#;
    let draft = read(&cartel, Platform::BigCartel, body);
    assert_eq!(price(&draft).0, "12.5");
    assert_eq!(draft.availability.unwrap().value, Availability::OutOfStock);
}

#[test]
fn an_answer_that_is_no_product_changes_nothing() {
    let page = page("https://kiln.example/products/cup", SHOPIFY_PAGE);
    for body in [
        "",
        "<html>",
        "{}",
        "[]",
        r#"{"collection": {"title": "Shop"}}"#,
    ] {
        assert_eq!(
            ReadPage::of(&page)
                .and_then(|page| page.draft_with(Platform::Shopify, body.as_bytes())),
            extract(&page)
        );
    }
}
