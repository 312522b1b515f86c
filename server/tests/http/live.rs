//! Open pages are told how the products on them stand.

use market::store::Owner;
use model::{ProductId, ProductNow};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING};
use reqwest::{Method, Response};
use std::time::Duration;
use tokio::time::timeout;
use trial_http::functions;
use trial_http::running::{Running, header};

/// Long enough for whatever is told.
const SOON: Duration = Duration::from_secs(5);

async fn kiln(server: &Running) -> (Owner, ProductId) {
    let owner = functions::store(server, "ada@post.example", "Kiln").await;
    let mug = functions::a_mug(&server.market, owner).await;
    (owner, mug)
}

async fn watch(server: &Running, products: &str) -> Response {
    let asked = server.request(Method::GET, &format!("/live?products={products}"));
    let asked = asked
        .header(ACCEPT, "text/event-stream")
        .header(ACCEPT_ENCODING, "gzip, br");
    asked.send().await.unwrap()
}

async fn next(stream: &mut Response) -> Option<ProductNow> {
    let chunk = timeout(SOON, stream.chunk())
        .await
        .expect("it is told in time")
        .unwrap()?;
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    let line = text.strip_prefix("data: ").unwrap().trim_end_matches('\n');
    Some(line.parse().unwrap())
}

#[tokio::test]
async fn a_page_is_told_how_a_product_stands_at_once_and_when_it_changes() {
    let server = Running::start().await;
    let (owner, mug) = kiln(&server).await;
    let mut stream = watch(&server, &mug.to_string()).await;
    assert_eq!(stream.status(), 200);
    assert_eq!(
        header(stream.headers(), "content-type"),
        "text/event-stream"
    );
    assert_eq!(header(stream.headers(), "cache-control"), "no-store");
    assert!(
        !stream.headers().contains_key("content-encoding"),
        "packing would keep it back"
    );
    assert!(!stream.headers().contains_key("set-cookie"));
    let now = next(&mut stream).await.unwrap();
    assert!(now.is_published && !now.is_sold_out());
    market::product::archive(&server.market, owner, mug, None)
        .await
        .unwrap();
    let now = next(&mut stream).await.unwrap();
    assert!(!now.is_published && now.variants.is_empty());
}

#[tokio::test]
async fn a_server_that_ends_ends_its_streams() {
    let server = Running::start().await;
    let (_, mug) = kiln(&server).await;
    let mut stream = watch(&server, &mug.to_string()).await;
    assert!(next(&mut stream).await.is_some());
    server.end();
    assert!(next(&mut stream).await.is_none());
}

#[tokio::test]
async fn what_is_watched_has_bounds() {
    let server = Running::start().await;
    for wrong in ["", "a", "1;2", &"1,".repeat(101)] {
        assert_eq!(watch(&server, wrong).await.status(), 400, "{wrong}");
    }
    let mut streams = Vec::new();
    let refused = loop {
        let stream = watch(&server, "1").await;
        if stream.status() != 200 {
            break stream;
        }
        streams.push(stream);
        assert!(streams.len() < 100, "one network has all streams");
    };
    assert_eq!(refused.status(), 429);
    streams.pop();
    let room_again = async {
        while watch(&server, "1").await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(SOON, room_again)
        .await
        .expect("who is gone leaves room");
}
