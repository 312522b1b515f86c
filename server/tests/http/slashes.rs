//! A slash at the end leads to the page.

use reqwest::Method;
use std::io::{Read, Write};
use std::net::TcpStream;
use trial_http::running::{Running, header};

#[tokio::test]
async fn every_page_is_found_with_a_slash_at_its_end() {
    let server = Running::start().await;
    for route in server::pages::every_page() {
        let page = route.path().replace(['{', '}'], "");
        if page == "/" {
            continue;
        }
        for query in ["", "?page=2&search=a%2Fb/"] {
            let answer = server.get(&format!("{page}/{query}")).await;
            assert_eq!(answer.status(), 308, "{page}/{query}");
            assert_eq!(
                header(answer.headers(), "location"),
                format!("{page}{query}")
            );
        }
        let head = server
            .request(Method::HEAD, &format!("{page}/"))
            .send()
            .await
            .unwrap();
        assert_eq!(head.status(), 308, "HEAD {page}/");
    }
}

#[tokio::test]
async fn nothing_is_sent_on_but_what_is_looked_at() {
    let server = Running::start().await;
    let post = server.post("/market/", &[]).send().await.unwrap();
    assert_ne!(post.status(), 308);
}

/// Asked as no client of ours would: with the very characters.
fn ask(server: &Running, target: &str) -> String {
    let mut stream = TcpStream::connect(server.host()).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nconnection: close\r\n\r\n",
        server.host()
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_at_the_end_leads_nowhere_else() {
    let server = Running::start().await;
    let long = format!("/{}/", "a".repeat(9_000));
    for target in [
        "//evil.example/",
        "///evil.example//",
        "/\\evil.example/",
        "/\\/evil.example/",
        "//evil.example/%2e%2e/",
        "/%09/evil.example/",
        &long,
    ] {
        let answer = ask(&server, target);
        let leads = answer.lines().find_map(|line| {
            line.to_lowercase()
                .strip_prefix("location: ")
                .map(str::to_owned)
        });
        if let Some(leads) = leads {
            let rest = leads.strip_prefix('/').unwrap_or("/");
            assert!(!rest.starts_with(['/', '\\']), "{target} leads to {leads}");
            assert!(leads.len() < 8_100, "{target}");
        } else {
            assert!(answer.starts_with("HTTP/1.1 4"), "{target}: {answer}");
        }
    }
}
