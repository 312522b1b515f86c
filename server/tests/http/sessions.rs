use trial_http::running::{PASSWORD, Running, cookie_of, function, set_cookie};

#[tokio::test]
async fn a_visitor_who_only_looks_gets_no_cookie() {
    let server = Running::start().await;
    assert_eq!(set_cookie(&server.get("/log-in").await), None);
}

#[tokio::test]
async fn on_plain_http_the_cookie_is_ours_alone() {
    let server = Running::start().await;
    let form = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@post.example"),
        ("form[password]", PASSWORD),
    ];
    let response = server
        .post(&function("sign_up"), &form)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 303);
    let line = set_cookie(&response).unwrap();
    for part in [
        "shelfshare=",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
        "; Max-Age=1209600",
    ] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    assert!(
        !line.contains("Secure") && !line.contains("Domain"),
        "{line}"
    );
}

#[tokio::test]
async fn on_https_the_cookie_is_a_host_cookie_and_its_removal_too() {
    let server = Running::with(&[("public_url", "https://shop.example")]).await;
    let form = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@post.example"),
        ("form[password]", PASSWORD),
    ];
    let response = server
        .post(&function("sign_up"), &form)
        .send()
        .await
        .unwrap();
    let line = set_cookie(&response).unwrap();
    for part in [
        "__Host-shelfshare=",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Secure",
        "; Path=/",
    ] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    let response = server
        .get_as("__Host-shelfshare=AAAAAAAAAAAAAAAAAAAAAA", "/log-in")
        .await;
    let line = set_cookie(&response).expect("an id that is nobody's is removed");
    for part in ["__Host-shelfshare=;", "; Secure", "; Path=/", "; Max-Age=0"] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
}

#[tokio::test]
async fn logging_in_changes_the_id_and_the_old_one_is_worth_nothing() {
    let server = Running::start().await;
    let before = server.sign_up("ada@post.example").await;
    let form = [
        ("form[email]", "ada@post.example"),
        ("form[password]", PASSWORD),
    ];
    let response = server
        .post_from(&server.open(&before).await, &function("log_in"), &form)
        .send()
        .await
        .unwrap();
    let after = cookie_of(&response).unwrap();
    assert_ne!(before, after);
    assert_eq!(server.get_as(&after, "/account").await.status(), 200);
    assert_ne!(server.get_as(&before, "/account").await.status(), 200);
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    assert_eq!(server.get_as(&cookie, "/account").await.status(), 200);
    server
        .post_from(&server.open(&cookie).await, &function("log_out"), &[])
        .send()
        .await
        .unwrap();
    assert_ne!(server.get_as(&cookie, "/account").await.status(), 200);
}

#[tokio::test]
async fn a_made_up_id_is_nobodys() {
    let server = Running::start().await;
    for cookie in [
        "shelfshare=AAAAAAAAAAAAAAAAAAAAAA",
        "shelfshare=x",
        "shelfshare=",
    ] {
        let response = server.get_as(cookie, "/log-in").await;
        assert_eq!(response.status(), 200, "{cookie}");
    }
}
