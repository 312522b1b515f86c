//! How the fetcher behaves as a guest.

use importer::fetch::{Fetcher, Guard, Pace, Settings};
use std::num::NonZeroU32;
use std::time::{Duration, Instant};
use trial_web::shop::{HERE, Names, Shop, answer, fetcher, page, settings};

#[tokio::test]
async fn it_says_who_is_asking_and_nothing_else() {
    let shop = Shop::open(|head| {
        if head.starts_with("GET /old") {
            answer(
                "302 Found",
                "Location: /mug\r\nSet-Cookie: who=you\r\n",
                b"",
            )
        } else {
            page("")
        }
    })
    .await;
    fetcher(&shop).page(&shop.url("/old")).await.unwrap();
    let requests = shop.requests();
    assert_eq!(requests.len(), 2);
    for head in requests {
        let head = head.to_lowercase();
        let agent = "user-agent: mozilla/5.0 (compatible; shelfshare/";
        assert!(
            head.contains(agent) && head.contains("; +https://market.example/about)\r\n"),
            "{head}"
        );
        assert!(
            head.contains("accept-encoding: ") && head.contains("accept-language: en"),
            "{head}"
        );
        for private in [
            "cookie:",
            "referer:",
            "authorization:",
            "origin:",
            "x-forwarded",
        ] {
            assert!(!head.contains(private), "{head}");
        }
    }
}

/// Two requests at once, then one every 300 ms, for each host.
async fn slow_fetcher(shop: &Shop) -> Fetcher {
    let pace = Pace::new(NonZeroU32::new(2).unwrap(), Duration::from_millis(300));
    let settings = Settings {
        pages: pace,
        images: pace,
        ..settings()
    };
    let guard = Guard::new(&[]).allowing_for_tests(shop.address);
    Fetcher::with(&settings, guard, Names::answering(&[&[HERE]])).unwrap()
}

#[tokio::test]
async fn a_host_is_asked_in_turns() {
    let shop = Shop::open(|_| page("")).await;
    let fetcher = slow_fetcher(&shop).await;
    let start = Instant::now();
    for _ in 0..4 {
        fetcher
            .page(&shop.named("shop.example", "/"))
            .await
            .unwrap();
    }
    assert!(
        start.elapsed() >= Duration::from_millis(550),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn other_hosts_are_not_kept_waiting() {
    let shop = Shop::open(|_| page("")).await;
    let fetcher = slow_fetcher(&shop).await;
    let start = Instant::now();
    for name in ["a.example", "b.example", "c.example", "d.example"] {
        fetcher.page(&shop.named(name, "/")).await.unwrap();
        fetcher.page(&shop.named(name, "/")).await.unwrap();
    }
    // As one host they would have waited six times.
    assert!(
        start.elapsed() < Duration::from_millis(1500),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn waiting_for_a_turn_can_be_given_up() {
    let shop = Shop::open(|_| page("")).await;
    let fetcher = slow_fetcher(&shop).await;
    let url = shop.named("shop.example", "/");
    for _ in 0..2 {
        fetcher.page(&url).await.unwrap();
    }
    let third = tokio::time::timeout(Duration::from_millis(50), fetcher.page(&url)).await;
    assert!(third.is_err());
    assert_eq!(shop.connections().await, 2);
}
