//! What an answer may cost.

use flate2::Compression;
use flate2::write::GzEncoder;
use importer::fetch::{FetchError, Fetcher};
use std::io::Write;
use std::time::{Duration, Instant};
use trial_web::shop::{Answer, Shop, answer, each_way, fetcher, settings};

const MEBIBYTE: usize = 1024 * 1024;
const NO_PAUSE: Duration = Duration::ZERO;

fn gzip(length: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; length]).unwrap();
    encoder.finish().unwrap()
}

/// Expects the same error whatever is asked for, in little more time than allowed.
async fn expect(shop: &Shop, error: FetchError) {
    for answer in each_way(&fetcher(shop), &shop.url("/")).await {
        assert_eq!(
            answer.map(|answer| answer.page.bytes.len()).unwrap_err(),
            error
        );
    }
}

#[tokio::test]
async fn a_page_of_two_mebibytes_is_read_and_one_byte_more_is_too_big() {
    for (length, read) in [(2 * MEBIBYTE, true), (2 * MEBIBYTE + 1, false)] {
        let shop = Shop::open(move |_| answer("200 OK", "", &vec![b' '; length])).await;
        let page = fetcher(&shop).page(&shop.url("/")).await;
        assert_eq!(
            page.map(|page| page.page.bytes.len()).ok(),
            read.then_some(length)
        );
    }
}

#[tokio::test]
async fn a_picture_of_eight_mebibytes_is_read_and_one_byte_more_is_too_big() {
    for (length, read) in [(8 * MEBIBYTE, true), (8 * MEBIBYTE + 1, false)] {
        let shop = Shop::open(move |_| answer("200 OK", "", &vec![b' '; length])).await;
        let image = fetcher(&shop).image(&shop.url("/")).await;
        assert_eq!(
            image.map(|image| image.page.bytes.len()).ok(),
            read.then_some(length)
        );
    }
}

#[tokio::test]
async fn compressed_pages_are_read() {
    let shop = Shop::open(|_| answer("200 OK", "Content-Encoding: gzip\r\n", &gzip(5000))).await;
    for answer in each_way(&fetcher(&shop), &shop.url("/")).await {
        assert_eq!(answer.unwrap().page.bytes, vec![b' '; 5000]);
    }
}

#[tokio::test]
async fn a_compressed_bomb_is_too_big() {
    let bomb = gzip(100 * MEBIBYTE);
    assert!(bomb.len() < MEBIBYTE);
    let shop = Shop::open(move |_| answer("200 OK", "Content-Encoding: gzip\r\n", &bomb)).await;
    expect(&shop, FetchError::TooBig).await;
}

#[tokio::test]
async fn endless_chunks_are_too_big() {
    let shop = Shop::open(|_| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunk = [&b"10000\r\n"[..], &[b' '; 0x10000], b"\r\n"].concat();
        Answer::Endless(head.to_vec(), chunk, NO_PAUSE)
    })
    .await;
    expect(&shop, FetchError::TooBig).await;
}

#[tokio::test]
async fn an_endless_body_without_a_length_is_too_big() {
    let shop = Shop::open(|_| {
        Answer::Endless(
            b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
            vec![b' '; 0x10000],
            NO_PAUSE,
        )
    })
    .await;
    expect(&shop, FetchError::TooBig).await;
}

#[tokio::test]
async fn endless_headers_are_not_read_to_the_end() {
    let shop = Shop::open(|_| {
        let header = [&b"X-Filler: "[..], &[b'x'; 1000], b"\r\n"].concat();
        Answer::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), header, NO_PAUSE)
    })
    .await;
    expect(&shop, FetchError::BrokenOff).await;
}

/// A second and a half in these tests.
fn is_about_the_limit(time: Duration) -> bool {
    let limit = settings().limits.time;
    time >= limit && time < limit + Duration::from_secs(5)
}

async fn expect_too_slow(shop: &Shop) {
    let fetcher = fetcher(shop);
    let url = shop.url("/");
    let start = Instant::now();
    let (page, image) = tokio::join!(fetcher.page(&url), fetcher.image(&url));
    assert!(is_about_the_limit(start.elapsed()), "{:?}", start.elapsed());
    assert_eq!(page.unwrap_err(), FetchError::TooSlow);
    assert_eq!(image.unwrap_err(), FetchError::TooSlow);
}

#[tokio::test]
async fn one_byte_at_a_time_is_too_slow() {
    let shop = Shop::open(|_| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
        Answer::Endless(head.to_vec(), b" ".to_vec(), Duration::from_millis(200))
    })
    .await;
    expect_too_slow(&shop).await;
}

#[tokio::test]
async fn headers_one_byte_at_a_time_are_too_slow() {
    let shop = Shop::open(|_| {
        Answer::Endless(
            b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
            b"x".to_vec(),
            Duration::from_millis(200),
        )
    })
    .await;
    expect_too_slow(&shop).await;
}

#[tokio::test]
async fn a_server_that_never_answers_is_too_slow() {
    let shop = Shop::open(|_| Answer::Endless(vec![], vec![], Duration::from_secs(60))).await;
    expect_too_slow(&shop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_share_one_time_limit() {
    let shop = Shop::open(|_| {
        std::thread::sleep(Duration::from_millis(700));
        trial_web::shop::redirect("/next")
    })
    .await;
    let page = fetcher(&shop).page(&shop.url("/")).await;
    assert_eq!(page.unwrap_err(), FetchError::TooSlow);
}

#[tokio::test]
async fn a_length_that_is_too_long_is_not_waited_for() {
    let shop = Shop::open(|_| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
        Answer::Endless(head.to_vec(), vec![], Duration::from_secs(60))
    })
    .await;
    let start = Instant::now();
    expect(&shop, FetchError::TooBig).await;
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_body_shorter_than_its_length_is_broken_off() {
    let raw = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort";
    let shop = Shop::open(|_| Answer::Raw(raw.to_vec())).await;
    expect(&shop, FetchError::BrokenOff).await;
}

#[tokio::test]
async fn a_body_longer_than_its_length_is_cut() {
    let raw = [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"[..],
        &[b'x'; 9 * MEBIBYTE],
    ];
    let raw = raw.concat();
    let shop = Shop::open(move |_| Answer::Raw(raw.clone())).await;
    for answer in each_way(&fetcher(&shop), &shop.url("/")).await {
        assert_eq!(answer.unwrap().page.bytes, b"first");
    }
}

#[tokio::test]
async fn a_bomb_with_a_small_length_is_too_big() {
    let bomb = gzip(9 * MEBIBYTE);
    let length = bomb.len();
    let shop = Shop::open(move |_| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n"
        );
        Answer::Raw([head.as_bytes(), &bomb].concat())
    })
    .await;
    expect(&shop, FetchError::TooBig).await;
}

#[tokio::test]
async fn what_is_no_http_is_broken_off() {
    for nonsense in [
        &b"SSH-2.0-OpenSSH_9\r\n"[..],
        b"",
        b"HTTP/1.1 abc\r\n\r\n",
        &[0; 100],
    ] {
        let shop = Shop::open(|_| Answer::Raw(nonsense.to_vec())).await;
        expect(&shop, FetchError::BrokenOff).await;
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let shop = Shop::canary("127.0.0.1:0").await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let guard = importer::fetch::Guard::new(&[]).allowing_for_tests(address);
    let names = trial_web::shop::Names::answering(&[&["127.0.0.1"]]);
    let fetcher = Fetcher::with(&settings(), guard, names).unwrap();
    let url = url::Url::parse(&format!("http://{address}/")).unwrap();
    assert_eq!(
        fetcher.page(&url).await.unwrap_err(),
        FetchError::Unreachable
    );
    drop(shop);
}

#[tokio::test]
async fn dropping_the_request_closes_the_connection() {
    let (told, mut closed) = tokio::sync::mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::AsyncReadExt;
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut rest = Vec::new();
        // Ends when the other side is gone.
        let _ = stream.read_to_end(&mut rest).await;
        let _ = told.send(());
    });
    let guard = importer::fetch::Guard::new(&[]).allowing_for_tests(address);
    let names = trial_web::shop::Names::answering(&[&["127.0.0.1"]]);
    let fetcher = Fetcher::with(&settings(), guard, names).unwrap();
    let url = url::Url::parse(&format!("http://{address}/")).unwrap();
    tokio::select! {
        _ = fetcher.page(&url) => unreachable!("nobody answers"),
        () = tokio::time::sleep(Duration::from_millis(100)) => {}
    }
    let gone = tokio::time::timeout(Duration::from_secs(1), closed.recv()).await;
    assert_eq!(gone, Ok(Some(())));
}

#[tokio::test]
async fn a_slow_resolver_counts_too() {
    struct Slow;
    impl reqwest::dns::Resolve for Slow {
        fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
            Box::pin(std::future::pending())
        }
    }
    let shop = Shop::canary("127.0.0.1:0").await;
    let guard = importer::fetch::Guard::new(&[]).allowing_for_tests(shop.address);
    let fetcher = Fetcher::with(&settings(), guard, std::sync::Arc::new(Slow)).unwrap();
    let page = fetcher.page(&shop.named("shop.example", "/")).await;
    assert_eq!(page.unwrap_err(), FetchError::TooSlow);
}
