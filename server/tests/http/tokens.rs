//! What changes something has to be sent by a page of ours that was made for whoever sends it: every registered
//! function and every upload is asked without a token, with one of another browser, and with the right one.

use app::error::AppError;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use reqwest::{Method, RequestBuilder};
use trial_http::functions::{log_in, store};
use trial_http::running::{PAGE, Page, Running, function, header, token_in};

/// Everything that changes something.
fn changing() -> Vec<String> {
    let functions = leptos::server_fn::axum::server_fn_paths();
    functions
        .filter(|(_, method)| *method != Method::GET)
        .map(|(path, _)| path.to_owned())
        .chain(["/upload/product/1".to_owned()])
        .collect()
}

/// A post of a browser that has these cookies, with JavaScript and without.
fn both_ways(
    server: &Running,
    cookie: &str,
    path: &str,
    token: Option<&str>,
) -> [RequestBuilder; 2] {
    let request = |accept: &str| {
        server
            .request(Method::POST, path)
            .header(ORIGIN, &server.public_url)
            .header(ACCEPT, accept)
            .header(COOKIE, cookie)
    };
    let (script, person) = (request("application/json"), request(PAGE));
    match token {
        Some(token) if path.starts_with("/upload/") => {
            let form = reqwest::multipart::Form::new().text("_token", token.to_owned());
            [script.header("x-page-token", token), person.multipart(form)]
        }
        Some(token) => [
            script.header("x-page-token", token),
            person.form(&[("_token", token)]),
        ],
        None => [script, person],
    }
}

async fn owner(server: &Running) -> Page {
    store(server, "mara@post.example", "Kiln").await;
    server
        .open(&log_in(server, "mara@post.example").await)
        .await
}

#[tokio::test]
async fn nothing_is_changed_without_the_token_of_ones_own_page() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    let owner = owner(&server).await;
    let other = server
        .open(&server.sign_up("other@post.example").await)
        .await;
    let cut = &owner.token[..owner.token.len() - 2];
    for path in changing() {
        for token in [
            None,
            Some(""),
            Some("a.b.c"),
            Some(cut),
            Some(&*other.token),
        ] {
            for request in both_ways(&server, &owner.cookie, &path, token) {
                let response = request.send().await.unwrap();
                assert_eq!(response.status(), 403, "{path} with {token:?}");
            }
        }
        // A guest has no token that is not hers either.
        for token in [None, Some(&*owner.token)] {
            for request in both_ways(&server, &server.guest.cookie, &path, token) {
                let status = request.send().await.unwrap().status().as_u16();
                assert!([303, 401, 403].contains(&status), "{path}: {status}");
            }
        }
    }
    // She is still logged in, and her store is as it was.
    assert_eq!(
        server.get_as(&owner.cookie, "/dashboard").await.status(),
        200
    );
}

#[tokio::test]
async fn the_right_token_is_let_through_with_and_without_javascript() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    let owner = owner(&server).await;
    for path in changing() {
        if path == function("log_out") {
            continue;
        }
        for request in both_ways(&server, &owner.cookie, &path, Some(&owner.token)) {
            let status = request.send().await.unwrap().status();
            assert_ne!(status, 403, "{path}");
            assert!(!status.is_server_error(), "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn a_form_without_a_token_is_answered_with_a_plain_page() {
    let server = Running::start().await;
    let owner = owner(&server).await;
    let path = function("set_theme");
    let [_, person] = both_ways(&server, &owner.cookie, &path, None);
    let html = person.send().await.unwrap().text().await.unwrap();
    assert!(html.contains("did not come from this site"), "{html}");
    assert!(!html.contains("_token"), "there is nothing to press on it");
}

#[tokio::test]
async fn a_page_opened_before_the_log_in_is_sent_all_the_same() {
    let server = Running::start().await;
    store(&server, "mara@post.example", "Kiln").await;
    let session = log_in(&server, "mara@post.example").await;
    let cookie = format!("{session}; {}", server.guest.cookie);
    let before = Page {
        cookie,
        ..server.guest.clone()
    };
    let path = function("create_product");

    // A script is given a token and sends again by itself.
    let response = server
        .script_of(&before, &path)
        .form(&[("form[title]", "Mug")]);
    let response = response.send().await.unwrap();
    assert_eq!(response.status(), 403);
    let AppError::Stale { token } = response.json().await.unwrap() else {
        panic!("a token is given");
    };
    let now = Page {
        token,
        ..before.clone()
    };
    let response = server
        .script_of(&now, &path)
        .form(&[("form[title]", "Mug")]);
    assert_eq!(response.send().await.unwrap().status(), 422);

    // A person is shown what she typed, to send it again.
    let typed = [
        ("_back", "/dashboard/products/new"),
        ("form[title]", "Mug of hers"),
    ];
    let response = server
        .post_from(&before, &path, &typed)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 403);
    let html = response.text().await.unwrap();
    assert!(html.contains("value=\"Mug of hers\""), "{html}");
    assert!(html.contains("Look it over, then send it again."));
    let again = Page {
        token: token_in(&html),
        ..before
    };
    let response = server
        .post_from(&again, &path, &typed)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 422);
}

#[tokio::test]
async fn a_page_of_somebody_else_is_not_sent_in_ones_own_name() {
    let server = Running::start().await;
    let mara = owner(&server).await;
    store(&server, "teo@post.example", "Books").await;
    let teo = log_in(&server, "teo@post.example").await;
    let (_, key) = mara.cookie.split_once("; ").unwrap();
    let left_open = Page {
        cookie: format!("{teo}; {key}"),
        token: mara.token.clone(),
    };
    let path = function("save_store");
    let form = [("form[name]", "Kiln & Clay"), ("_back", "/dashboard/store")];
    let response = server.script_of(&left_open, &path).form(&form);
    assert_eq!(response.send().await.unwrap().status(), 403);
    let response = server
        .post_from(&left_open, &path, &form)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 403);
    let html = response.text().await.unwrap();
    assert!(html.contains("Somebody else has logged in"), "{html}");
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_is_told_so() {
    let server = Running::start().await;
    for (name, back) in [("add_to_cart", "/market"), ("log_in", "/log-in")] {
        let path = function(name);
        for request in both_ways(&server, "", &path, Some(&server.guest.token)) {
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 403, "{name}");
            let is_page = header(response.headers(), "content-type").starts_with("text/html");
            let said = response.text().await.unwrap();
            // A page says it where the form stands, as below.
            assert!(is_page || said.contains("NoCookies"), "{said}");
        }
        let form = [
            ("_token", &*server.guest.token),
            ("_back", back),
            ("_button", "true"),
        ];
        let button = server
            .request(Method::POST, &path)
            .header(ORIGIN, &server.public_url)
            .header(ACCEPT, PAGE)
            .form(&form);
        let html = button.send().await.unwrap().text().await.unwrap();
        assert!(html.contains("Allow cookies for this site"), "{html}");
    }
}
