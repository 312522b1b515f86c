use crate::running::{Running, function, header};
use reqwest::Response;

async fn log_in(server: &Running, email: &str) -> Response {
    let form = [("form[email]", email), ("form[password]", "a wrong guess")];
    server
        .post_by_script(&function("log_in"), &form)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn guessing_one_accounts_password_is_limited() {
    let server = Running::start().await;
    for _ in 0..8 {
        assert_ne!(log_in(&server, "ada@post.example").await.status(), 429);
    }
    let response = log_in(&server, "Ada@post.example").await;
    assert_eq!(response.status(), 429);
    let seconds: u32 = header(response.headers(), "retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert!(
        response.text().await.unwrap().contains("TooMany"),
        "the page's script can read it"
    );
    // Another account can still be logged in to.
    assert_ne!(log_in(&server, "bram@post.example").await.status(), 429);
}

#[tokio::test]
async fn a_person_is_told_in_a_sentence() {
    let server = Running::start().await;
    let form = [
        ("form[email]", "ada@post.example"),
        ("form[password]", "a wrong guess"),
    ];
    let path = function("log_in");
    for _ in 0..8 {
        server.post(&path, &form).send().await.unwrap();
    }
    let response = server.post(&path, &form).send().await.unwrap();
    assert_eq!(response.status(), 429);
    let html = response.text().await.unwrap();
    assert!(
        html.contains("Too many attempts") && html.contains("what you typed"),
        "{html}"
    );
}

#[tokio::test]
async fn one_address_can_sign_up_only_so_often_whatever_it_claims_to_be() {
    let server = Running::start().await;
    let sign_up = async |forwarded: &str| {
        let form = [
            ("form[name]", ""),
            ("form[email]", ""),
            ("form[password]", ""),
        ];
        let request = server
            .post_by_script(&function("sign_up"), &form)
            .header("x-forwarded-for", forwarded);
        request.send().await.unwrap().status().as_u16()
    };
    for at in 0..6 {
        assert_ne!(sign_up(&format!("198.51.100.{at}")).await, 429);
    }
    assert_eq!(sign_up("198.51.100.99").await, 429);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let server = Running::with(&[("trusted_proxies", "127.0.0.1")]).await;
    for at in 0..10 {
        let form = [("form[name]", "")];
        let request = server
            .post_by_script(&function("sign_up"), &form)
            .header("x-forwarded-for", format!("203.0.113.7, 198.51.100.{at}"));
        assert_ne!(request.send().await.unwrap().status(), 429);
    }
}

#[tokio::test]
async fn limits_can_be_off_for_tests() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    for _ in 0..12 {
        assert_ne!(log_in(&server, "ada@post.example").await.status(), 429);
    }
}

#[tokio::test]
async fn a_form_has_a_size_limit_announced_or_not() {
    let server = Running::start().await;
    let path = function("log_in");
    let request = |body: reqwest::Body| {
        server
            .script_of(&server.guest, &path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
    };
    let long = "a".repeat(257 * 1024);
    let response = request(long.clone().into()).send().await.unwrap();
    assert_eq!(response.status(), 413);
    assert!(response.text().await.unwrap().contains("256 KiB"));

    let pieces = futures::stream::iter([Ok::<_, std::io::Error>(long.clone()), Ok(long)]);
    let response = request(reqwest::Body::wrap_stream(pieces))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 413);
}
