//! A name leads where its owner says, and may say something else each time.

use importer::fetch::{FetchError, Refusal};
use trial_web::shop::{ELSEWHERE, HERE, Shop, each_way, page, with_names};

const PRIVATE: FetchError = FetchError::NotAllowed(Refusal::Private);

/// A server, and a canary that differs from it in the address only.
async fn shop_and_canary() -> (Shop, Shop) {
    loop {
        let shop = Shop::open(|_| page("hello")).await;
        let beside = format!("{ELSEWHERE}:{}", shop.address.port());
        // The port may be taken there.
        if std::net::TcpListener::bind(&beside).is_ok() {
            return (shop, Shop::canary(&beside).await);
        }
    }
}

#[tokio::test]
async fn a_name_of_a_private_address_is_refused() {
    let (shop, canary) = shop_and_canary().await;
    for address in [
        ELSEWHERE,
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
    ] {
        let fetcher = with_names(&shop, &[&[address]]);
        for answer in each_way(&fetcher, &shop.named("shop.example", "/")).await {
            assert_eq!(answer.unwrap_err(), PRIVATE, "{address}");
        }
    }
    assert_eq!(canary.connections().await, 0);
}

#[tokio::test]
async fn a_name_that_turns_private_after_it_was_read_is_refused() {
    let (shop, canary) = shop_and_canary().await;
    let fetcher = with_names(&shop, &[&[HERE], &[ELSEWHERE]]);
    let url = shop.named("shop.example", "/mug");
    assert_eq!(fetcher.page(&url).await.unwrap().page.bytes, b"hello");
    for answer in each_way(&fetcher, &url).await {
        assert_eq!(answer.unwrap_err(), PRIVATE);
    }
    assert_eq!(
        (shop.connections().await, canary.connections().await),
        (1, 0)
    );
}

#[tokio::test]
async fn a_name_that_turns_private_between_two_redirects_is_refused() {
    let shop = Shop::open(|_| trial_web::shop::redirect("/again")).await;
    let fetcher = with_names(&shop, &[&[HERE], &[ELSEWHERE]]);
    let answer = fetcher.page(&shop.named("shop.example", "/")).await;
    assert_eq!(answer.unwrap_err(), PRIVATE);
    assert_eq!(shop.connections().await, 1);
}

#[tokio::test]
async fn an_answer_that_is_partly_private_is_refused_as_a_whole() {
    let (shop, canary) = shop_and_canary().await;
    for addresses in [
        [HERE, ELSEWHERE],
        [ELSEWHERE, HERE],
        [HERE, "::1"],
        [HERE, "10.0.0.1"],
    ] {
        let fetcher = with_names(&shop, &[&addresses]);
        for answer in each_way(&fetcher, &shop.named("shop.example", "/")).await {
            assert_eq!(answer.unwrap_err(), PRIVATE, "{addresses:?}");
        }
    }
    assert_eq!(
        (shop.connections().await, canary.connections().await),
        (0, 0)
    );
}

#[tokio::test]
async fn a_name_without_an_address_is_unknown() {
    let shop = Shop::canary("127.0.0.1:0").await;
    let answer = with_names(&shop, &[&[]])
        .page(&shop.named("shop.example", "/"))
        .await;
    assert!(
        matches!(
            answer,
            Err(FetchError::UnknownHost | FetchError::Unreachable)
        ),
        "{answer:?}"
    );
}
