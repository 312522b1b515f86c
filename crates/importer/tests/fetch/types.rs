//! What a server says it sends.

use importer::fetch::FetchError;
use std::time::Duration;
use trial_web::shop::{Shop, answer, fetcher};

async fn typed(content_type: &'static str) -> Shop {
    let header = format!("Content-Type: {content_type}\r\n");
    Shop::open(move |_| answer("200 OK", &header, b"x")).await
}

#[tokio::test]
async fn pages_are_pages() {
    for kind in [
        "text/html",
        "TEXT/HTML; charset=iso-8859-1",
        "application/xhtml+xml",
        "text/plain",
        "application/json",
        "",
    ] {
        let shop = typed(kind).await;
        let fetched = fetcher(&shop).page(&shop.url("/")).await.unwrap();
        assert_eq!(fetched.page.content_type.unwrap_or_default(), kind);
    }
    for kind in ["application/pdf", "image/png", "video/mp4"] {
        let shop = typed(kind).await;
        let error = fetcher(&shop).page(&shop.url("/")).await.unwrap_err();
        assert_eq!(error, FetchError::NotAPage { kind: kind.into() });
    }
}

#[tokio::test]
async fn pictures_are_pictures() {
    for kind in ["image/jpeg", "image/webp", "application/octet-stream"] {
        let shop = typed(kind).await;
        assert!(fetcher(&shop).image(&shop.url("/")).await.is_ok(), "{kind}");
    }
    for kind in ["text/html", "application/pdf"] {
        let shop = typed(kind).await;
        let error = fetcher(&shop).image(&shop.url("/")).await.unwrap_err();
        assert_eq!(error, FetchError::NotAPicture { kind: kind.into() });
    }
}

#[tokio::test]
async fn a_type_is_shown_only_if_it_looks_like_one() {
    let shop = typed("<script>alert(1)</script>").await;
    let error = fetcher(&shop).page(&shop.url("/")).await.unwrap_err();
    assert_eq!(
        error,
        FetchError::NotAPage {
            kind: "of an unknown type".into()
        }
    );
}

#[tokio::test]
async fn each_status_has_its_meaning() {
    let wait = |seconds| FetchError::Busy {
        wait: Some(Duration::from_secs(seconds)),
    };
    for (status, header, error) in [
        (401, "", FetchError::Blocked),
        (403, "", FetchError::Blocked),
        (451, "", FetchError::Blocked),
        (404, "", FetchError::Gone),
        (410, "", FetchError::Gone),
        (429, "", FetchError::Busy { wait: None }),
        (429, "Retry-After: 120\r\n", wait(120)),
        (429, "Retry-After: 99999999\r\n", wait(86_400)),
        (503, "Retry-After: 5\r\n", wait(5)),
        (503, "", FetchError::Failed { status: 503 }),
        (500, "", FetchError::Failed { status: 500 }),
        (418, "", FetchError::Failed { status: 418 }),
        (304, "", FetchError::BrokenOff),
    ] {
        let shop = Shop::open(move |_| answer(&format!("{status} X"), header, b"")).await;
        let answer = fetcher(&shop).page(&shop.url("/")).await;
        assert_eq!(answer.unwrap_err(), error, "{status}");
    }
}

#[tokio::test]
async fn every_error_is_a_sentence() {
    for error in [
        FetchError::UnknownHost,
        FetchError::Unreachable,
        FetchError::Insecure,
        FetchError::TooSlow,
        FetchError::TooBig,
        FetchError::BrokenOff,
        FetchError::TooManyRedirects,
        FetchError::Gone,
        FetchError::Blocked,
        FetchError::Busy { wait: None },
        FetchError::Failed { status: 500 },
        FetchError::NotAPage {
            kind: "application/pdf".into(),
        },
        FetchError::NotAllowed(importer::fetch::Refusal::Private),
    ] {
        let sentence = error.to_string();
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
    }
}
