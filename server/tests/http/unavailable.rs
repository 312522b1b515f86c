//! When the database can't be used, people are told that it is not their fault, and whoever watches is told that the server
//! is not ready.

use std::fs;
use trial_http::running::{Running, function};

const NO_SAVING: &str = "The market can't save anything at the moment.";
const NO_BOOKS: &str = "The market can't get at its books at the moment.";

#[tokio::test]
async fn without_a_database_everybody_is_told_whose_fault_it_is() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    server.market.clone().close().await.unwrap();

    let page = server.get("/market").await;
    assert_eq!(page.status(), 503);
    let html = page.text().await.unwrap();
    assert!(html.contains("not yours"), "{html}");
    let page = server.get_as(&cookie, "/account").await;
    assert_eq!(page.status(), 503);

    let form = [("listing", "1"), ("variant", "1"), ("units", "1")];
    let plain = server
        .post(&function("add_to_cart"), &form)
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), 503);
    assert!(plain.headers().contains_key("retry-after"));
    let html = plain.text().await.unwrap();
    assert!(
        html.contains("</html>") && html.contains(NO_BOOKS),
        "{html}"
    );
    let script = server.post_by_script(&function("add_to_cart"), &form);
    let script = script.send().await.unwrap();
    assert_eq!(script.status(), 503);
    let json = script.text().await.unwrap();
    assert!(json.starts_with('{') && json.contains(NO_BOOKS), "{json}");
}

#[tokio::test]
async fn nothing_is_saved_in_a_file_that_is_not_where_it_was() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    let aside = server.database().with_extension("aside");
    fs::rename(server.database(), &aside).unwrap();

    assert_eq!(server.get("/health/ready").await.status(), 503);
    // Whether a page can still be read depends on whether somebody has the file open. It is never a fault unknown to us.
    for page in [
        server.get("/market").await,
        server.get_as(&cookie, "/account").await,
    ] {
        assert!(
            [200, 503].contains(&page.status().as_u16()),
            "{}",
            page.status()
        );
    }
    let form = [
        ("form[name]", "Bo"),
        ("form[email]", "bo@post.example"),
        ("form[password]", "a shelf of one's own"),
    ];
    let told = server
        .post(&function("sign_up"), &form)
        .send()
        .await
        .unwrap();
    assert_eq!(told.status(), 503);
    assert!(told.text().await.unwrap().contains(NO_SAVING));

    fs::rename(&aside, server.database()).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(server.get("/health/ready").await.status(), 200);
    server.sign_up("bo@post.example").await;
}

#[tokio::test]
async fn asking_often_whether_the_server_is_ready_writes_once_a_second() {
    let server = Running::start().await;
    server
        .past_all_rules("CREATE TABLE beats (n INTEGER)")
        .await;
    server
        .past_all_rules(
            "CREATE TRIGGER counted AFTER UPDATE ON pulse BEGIN INSERT INTO beats VALUES (1); END;
             INSERT INTO pulse VALUES (1, 0)",
        )
        .await;
    for _ in 0..50 {
        assert_eq!(server.get("/health/ready").await.status(), 200);
    }
    // Fifty questions take less than three seconds.
    server
        .past_all_rules("CREATE TABLE few (n INTEGER CHECK (n BETWEEN 1 AND 3)); INSERT INTO few SELECT COUNT(*) FROM beats")
        .await;
}
