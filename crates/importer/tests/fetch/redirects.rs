//! A redirect is a link like any other.

use importer::fetch::{FetchError, Refusal};
use trial_web::shop::{ELSEWHERE, Shop, answer, each_way, fetcher, page, redirect, with_names};

/// Redirects `/3` to `/2` to `/1` to `/0`, which is a page.
async fn chain() -> Shop {
    Shop::open(|head| match head.as_bytes().get(5) {
        Some(b'0') => answer("200 OK", "", b"the end"),
        Some(digit) => redirect(&format!("/{}", char::from(digit - 1))),
        None => page(""),
    })
    .await
}

#[tokio::test]
async fn three_redirects_are_followed_and_the_last_address_is_known() {
    let shop = chain().await;
    for answer in each_way(&fetcher(&shop), &shop.url("/3")).await {
        let answer = answer.unwrap();
        assert_eq!(answer.page.bytes, b"the end");
        assert_eq!(answer.page.url, shop.url("/0"));
    }
}

#[tokio::test]
async fn a_fourth_redirect_is_not_followed() {
    let shop = chain().await;
    for answer in each_way(&fetcher(&shop), &shop.url("/4")).await {
        assert_eq!(answer.unwrap_err(), FetchError::TooManyRedirects);
    }
    assert_eq!(shop.connections().await, 3 * 4);
}

#[tokio::test]
async fn every_kind_of_redirect_is_checked() {
    for status in [301, 302, 303, 307, 308] {
        let canary = Shop::canary("127.0.0.1:0").await;
        let to = canary.url("/secret");
        let shop = Shop::open(move |_| {
            answer(
                &format!("{status} Moved"),
                &format!("Location: {to}\r\n"),
                b"",
            )
        })
        .await;
        for answer in each_way(&fetcher(&shop), &shop.url("/")).await {
            assert_eq!(
                answer.unwrap_err(),
                FetchError::NotAllowed(Refusal::Port),
                "{status}"
            );
        }
        assert_eq!(canary.connections().await, 0);
    }
}

#[tokio::test]
async fn redirects_to_private_addresses_are_not_followed() {
    for (to, refusal) in [
        ("http://127.0.0.1/", Refusal::Private),
        ("http://127.0.0.2/", Refusal::Private),
        ("http://2130706433/", Refusal::Private),
        ("http://0x7f.1/", Refusal::Private),
        ("//localhost./", Refusal::Private),
        ("http://[::1]/", Refusal::Private),
        (
            "http://[::ffff:169.254.169.254]/latest/meta-data",
            Refusal::Private,
        ),
        ("http://metadata.google.internal/", Refusal::Private),
        ("https://10.0.0.1/", Refusal::Private),
        ("file:///etc/passwd", Refusal::Scheme),
        ("javascript:alert(1)", Refusal::Scheme),
        ("http://ok.example@127.0.0.1/", Refusal::Credentials),
        (r"http://ok.example\@127.0.0.1/", Refusal::NotALink),
        (r"/\127.0.0.1/", Refusal::NotALink),
        ("http://shop.example:22/", Refusal::Port),
        ("", Refusal::NotALink),
    ] {
        let shop = Shop::open(move |_| redirect(to)).await;
        for answer in each_way(&fetcher(&shop), &shop.url("/")).await {
            assert_eq!(answer.unwrap_err(), FetchError::NotAllowed(refusal), "{to}");
        }
    }
}

#[tokio::test]
async fn a_redirect_to_a_name_of_a_private_address_is_not_followed() {
    let shop = Shop::open(|_| redirect("//other.example/")).await;
    let fetcher = with_names(&shop, &[&[ELSEWHERE]]);
    for answer in each_way(&fetcher, &shop.url("/")).await {
        assert_eq!(
            answer.unwrap_err(),
            FetchError::NotAllowed(Refusal::Private)
        );
    }
}

#[tokio::test]
async fn a_redirect_in_a_circle_ends() {
    let shop = Shop::open(|_| redirect("/")).await;
    let answer = fetcher(&shop).page(&shop.url("/")).await;
    assert_eq!(answer.unwrap_err(), FetchError::TooManyRedirects);
}
