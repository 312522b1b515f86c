//! Cross-site request forgery.

use reqwest::Method;
use reqwest::header::{ACCEPT, COOKIE, HOST, ORIGIN};
use trial_http::running::{PAGE, PASSWORD, Running, cookie_of, function};

#[tokio::test]
async fn a_foreign_form_changes_nothing() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    let log_out = function("log_out");
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("referer", "https://evil.example/page"),
    ] {
        let request = server
            .request(Method::POST, &log_out)
            .header(COOKIE, &cookie)
            .header(name, value);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 403, "{name}: {value}");
    }
    // Nothing to tell where it came from, but a cookie.
    let request = server
        .request(Method::POST, &log_out)
        .header(COOKIE, &cookie);
    assert_eq!(request.send().await.unwrap().status(), 403);
    // The session is still there.
    assert_eq!(server.get_as(&cookie, "/account").await.status(), 200);
}

#[tokio::test]
async fn every_server_function_that_changes_something_refuses_foreign_requests() {
    let server = Running::start().await;
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        if method == Method::GET {
            continue;
        }
        let request = server
            .request(method, path)
            .header(ORIGIN, "https://evil.example");
        assert_eq!(request.send().await.unwrap().status(), 403, "{path}");
    }
}

#[tokio::test]
async fn our_own_forms_pass_under_every_name_of_a_developers_machine() {
    let server = Running::start().await;
    let form = [
        ("form[email]", "nobody@post.example"),
        ("form[password]", "whatever"),
    ];
    let path = function("log_in");
    for (host, origin) in [
        (server.host(), server.public_url.clone()),
        (
            "localhost:4321".to_owned(),
            "http://localhost:4321".to_owned(),
        ),
    ] {
        let request = server
            .guest
            .send(server.request(Method::POST, &path))
            .form(&form)
            .header(HOST, host);
        let response = request.header(ORIGIN, &origin).send().await.unwrap();
        assert_ne!(response.status(), 403, "{origin}");
    }
}

#[tokio::test]
async fn a_refused_request_says_what_to_do() {
    let server = Running::start().await;
    let form = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@post.example"),
        ("form[password]", PASSWORD),
    ];
    let request = server
        .request(Method::POST, &function("sign_up"))
        .form(&form)
        .header(ACCEPT, PAGE);
    let response = request
        .header(ORIGIN, "https://evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 403);
    assert!(cookie_of(&response).is_none());
    let html = response.text().await.unwrap();
    assert!(html.contains("did not come from this site"), "{html}");
}
