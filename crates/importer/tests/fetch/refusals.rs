//! What is refused before anything is asked.

use importer::fetch::{FetchError, Fetcher, Guard, Refusal};
use trial_web::shop::{Shop, each_way, fetcher, settings};
use url::Url;

#[tokio::test]
async fn a_public_server_is_read() {
    let shop = Shop::open(|_| trial_web::shop::answer("200 OK", "", b"hello")).await;
    for answer in each_way(&fetcher(&shop), &shop.url("/mug")).await {
        assert_eq!(answer.unwrap().page.bytes, b"hello");
    }
    assert_eq!(shop.connections().await, 3);
}

#[tokio::test]
async fn no_spelling_of_this_machine_reaches_it() {
    let canary = Shop::canary("127.0.0.1:0").await;
    let port = canary.address.port();
    // With its port allowed, only the host can be what stops it.
    let guard = Guard::new(&[port]);
    let fetcher = Fetcher::new(&importer::fetch::Settings {
        more_ports: vec![port],
        ..settings()
    })
    .unwrap();
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "①②⑦.⓪.⓪.①",
        "１２７.０.０.１",
        "127。0。0。1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "shop.localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "metadata.google.internal",
    ] {
        for scheme in ["http", "https"] {
            let link = format!("{scheme}://{host}:{port}/");
            assert_eq!(guard.parse(&link), Err(Refusal::Private), "{link}");
            // A link that did not come by way of `parse` is refused all the same.
            for answer in each_way(&fetcher, &Url::parse(&link).unwrap()).await {
                assert_eq!(
                    answer.unwrap_err(),
                    FetchError::NotAllowed(Refusal::Private),
                    "{link}"
                );
            }
        }
    }
    for link in [
        format!("http://ok.example@127.0.0.1:{port}/"),
        format!("http://ok.example:word@127.0.0.1:{port}/"),
    ] {
        for answer in each_way(&fetcher, &Url::parse(&link).unwrap()).await {
            assert_eq!(
                answer.unwrap_err(),
                FetchError::NotAllowed(Refusal::Credentials)
            );
        }
    }
    assert_eq!(canary.connections().await, 0);
}

#[tokio::test]
async fn other_schemes_and_ports_are_not_asked() {
    let canary = Shop::canary("127.0.0.1:0").await;
    let shop = Shop::canary("127.0.0.1:0").await;
    let fetcher = fetcher(&shop);
    for (link, refusal) in [
        ("ftp://shop.example/mug", Refusal::Scheme),
        ("file:///etc/passwd", Refusal::Scheme),
        ("data:text/html,mug", Refusal::Scheme),
        ("http://shop.example:22/", Refusal::Port),
        ("http://shop.example:6379/", Refusal::Port),
    ] {
        for answer in each_way(&fetcher, &Url::parse(link).unwrap()).await {
            assert_eq!(
                answer.unwrap_err(),
                FetchError::NotAllowed(refusal),
                "{link}"
            );
        }
    }
    for answer in each_way(&fetcher, &canary.url("/")).await {
        assert_eq!(answer.unwrap_err(), FetchError::NotAllowed(Refusal::Port));
    }
    assert_eq!(canary.connections().await + shop.connections().await, 0);
}

/// Run by the next test in an environment of its own.
#[tokio::test]
async fn a_named_server_is_read() {
    let shop = Shop::open(|_| trial_web::shop::page("hello")).await;
    let fetched = fetcher(&shop)
        .page(&shop.named("shop.example", "/mug"))
        .await;
    assert_eq!(fetched.unwrap().page.bytes, b"hello");
}

#[tokio::test]
async fn a_proxy_of_the_system_is_not_used() {
    let proxy = Shop::canary("127.0.0.1:0").await;
    let address = format!("http://{}", proxy.address);
    let mut test = tokio::process::Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "refusals::a_named_server_is_read"]);
    for variable in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "all_proxy",
    ] {
        test.env(variable, &address);
    }
    let output = test.output().await.unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
    assert_eq!(proxy.connections().await, 0);
}
