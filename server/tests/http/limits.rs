use reqwest::Response;
use reqwest::header::{COOKIE, SET_COOKIE};
use trial_http::running::{PASSWORD, Running, function, header};

async fn log_in(server: &Running, email: &str) -> Response {
    let form = [("form[email]", email), ("form[password]", "a wrong guess")];
    server
        .post_by_script(&function("log_in"), &form)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn rule_b4_guessing_one_accounts_password_is_limited() {
    let server = Running::start().await;
    for _ in 0..8 {
        assert_ne!(log_in(&server, "ada@post.example").await.status(), 429);
    }
    for written in ["Ada@post.example", "\u{200b}ada@post.example "] {
        let response = log_in(&server, written).await;
        assert_eq!(response.status(), 429, "{written:?}");
        let seconds: u32 = header(response.headers(), "retry-after").parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        assert!(
            response.text().await.unwrap().contains("TooMany"),
            "the page's script can read it"
        );
    }
    // Another account can still be logged in to.
    assert_ne!(log_in(&server, "bram@post.example").await.status(), 429);
}

#[tokio::test]
async fn rule_b4_a_form_that_names_two_accounts_is_counted_for_the_one_that_is_tried() {
    let server = Running::start().await;
    let guess = async |decoy: (&str, &str)| {
        let form = [
            decoy,
            ("form[email]", "ada@post.example"),
            ("form[password]", "a wrong guess"),
        ];
        let request = server.post_by_script(&function("log_in"), &form);
        request.send().await.unwrap().status().as_u16()
    };
    for number in 0..8 {
        let decoy = format!("decoy{number}@post.example");
        let field = ["email", "x[email]"][number % 2];
        assert_ne!(guess((field, &decoy)).await, 429);
    }
    assert_eq!(guess(("email", "another@post.example")).await, 429);
}

#[tokio::test]
async fn rule_b4_the_owner_logs_in_from_her_browser_while_somebody_beside_her_guesses() {
    let server = Running::start().await;
    server.sign_up("ada@post.example").await;
    let form = [
        ("form[email]", "ada@post.example"),
        ("form[password]", PASSWORD),
    ];
    let path = function("log_in");
    let first = server.post_by_script(&path, &form).send().await.unwrap();
    assert_eq!(first.status(), 200);
    let device = first
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.starts_with("shelfshare-device="))
        .unwrap()
        .to_owned();
    while log_in(&server, "ada@post.example").await.status() != 429 {}

    let stranger = server.post_by_script(&path, &form).send().await.unwrap();
    assert_eq!(stranger.status(), 429);
    let owner = server.post_by_script(&path, &form).header(COOKIE, device);
    assert_eq!(owner.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn rule_b1_what_guests_of_one_address_leave_is_bounded() {
    let server = Running::start().await;
    let form = [("listing", "1"), ("variant", "1"), ("units", "1")];
    let path = function("add_to_cart");
    let mut passed = 0;
    while server
        .post_by_script(&path, &form)
        .send()
        .await
        .unwrap()
        .status()
        != 429
    {
        passed += 1;
        assert!(passed < 200, "there is no end to it");
    }
    assert!(passed >= 100, "only {passed}: an office has many visitors");
    let refused = server.post_by_script(&path, &form).send().await.unwrap();
    assert!(!header(refused.headers(), "retry-after").is_empty());
}

/// Every function that changes something, called over and over by a guest, is refused in the end.
#[tokio::test]
async fn rule_b1_whatever_changes_something_is_bounded() {
    let server = Running::start().await;
    let writing = leptos::server_fn::axum::server_fn_paths()
        .filter(|(_, method)| *method == reqwest::Method::POST)
        .map(|(path, _)| path.to_owned());
    for path in writing {
        // A guest is refused by most of them, and counted all the same.
        let mut refused = false;
        for _ in 0..400 {
            let response = server.post_by_script(&path, &[]).send().await.unwrap();
            if response.status() == 429 {
                refused = true;
                break;
            }
        }
        assert!(refused, "{path}");
    }
}

#[tokio::test]
async fn rule_b1_a_visitor_without_scripts_gets_her_page_with_what_she_typed() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    let page = server.open(&cookie).await;
    let path = function("create_product");
    let title = "A mug that took an hour to describe";
    let form = [("_back", "/dashboard/products/new"), ("form[title]", title)];
    let mut answer = server.post_from(&page, &path, &form).send().await.unwrap();
    for _ in 0..400 {
        if answer.status() == 429 {
            break;
        }
        answer = server.post_from(&page, &path, &form).send().await.unwrap();
    }
    assert_eq!(answer.status(), 429);
    assert!(!header(answer.headers(), "retry-after").is_empty());
    // Either her page again, or one that says to go back to it.
    let page = answer.text().await.unwrap();
    let told = page.contains(title) || page.contains("what you typed");
    assert!(told);
}

#[tokio::test]
async fn a_person_is_told_in_a_sentence() {
    let server = Running::start().await;
    let form = [("form[name]", ""), ("form[email]", "")];
    let path = function("sign_up");
    let mut response = server.post(&path, &form).send().await.unwrap();
    while response.status() != 429 {
        response = server.post(&path, &form).send().await.unwrap();
    }
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
