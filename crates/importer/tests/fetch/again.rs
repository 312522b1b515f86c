//! Asking again for what was read before.

use importer::fetch::{Refetched, Validators};
use trial_web::shop::{Shop, answer, fetcher, redirect};

const VERSION: &str = "ETag: \"v1\"\r\nLast-Modified: Sun, 22 Nov 2026 10:00:00 GMT\r\n";

/// Has one page, in one version; another address leads to it.
async fn shop() -> Shop {
    Shop::open(|head| {
        if head.starts_with("GET /old") {
            redirect("/mug")
        } else if head.contains("if-none-match: \"v1\"") {
            answer("304 Not Modified", VERSION, b"")
        } else {
            answer("200 OK", VERSION, b"a mug")
        }
    })
    .await
}

#[tokio::test]
async fn a_page_that_is_the_same_is_not_sent_again() {
    let shop = shop().await;
    let fetcher = fetcher(&shop);
    for path in ["/mug", "/old"] {
        let first = fetcher.page(&shop.url(path)).await.unwrap();
        assert_eq!(first.validators.etag.as_deref(), Some("\"v1\""));
        let again = fetcher.page_again(&shop.url(path), &first.validators).await;
        assert!(matches!(again.unwrap(), Refetched::NotModified));
    }
    let asked = shop.requests().pop().unwrap();
    assert!(
        asked.contains("if-modified-since: Sun, 22 Nov 2026 10:00:00 GMT\r\n"),
        "{asked}"
    );
}

#[tokio::test]
async fn a_page_that_changed_is_sent() {
    let shop = shop().await;
    let known = Validators {
        etag: Some("\"v0\"".into()),
        last_modified: None,
    };
    let again = fetcher(&shop)
        .page_again(&shop.url("/mug"), &known)
        .await
        .unwrap();
    assert!(matches!(again, Refetched::Modified(fetched) if fetched.page.bytes == b"a mug"));
}

#[tokio::test]
async fn what_was_kept_can_not_smuggle_headers() {
    let shop = shop().await;
    let known = Validators {
        etag: Some("\"\r\nX-Evil: 1".into()),
        last_modified: None,
    };
    let again = fetcher(&shop).page_again(&shop.url("/mug"), &known).await;
    assert!(again.is_err());
    assert_eq!(shop.connections().await, 0);
}
