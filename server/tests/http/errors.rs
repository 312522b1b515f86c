use trial_http::running::{Running, function, header};

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_with_status_404() {
    let server = Running::start().await;
    for path in [
        "/nowhere",
        "/nowhere/at/all",
        "/store/none",
        "/%2e%2e/etc/passwd",
        "/.env",
        "/pkg/none.js",
    ] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
    }
    let html = server.get("/nowhere").await.text().await.unwrap();
    assert!(
        html.contains("</html>") && html.contains("<main"),
        "the page has the frame of all others"
    );
}

#[tokio::test]
async fn a_fault_shows_the_request_id_and_nothing_of_itself() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    server
        .past_all_rules("ALTER TABLE accounts RENAME TO gone")
        .await;

    let form = [
        ("form[email]", "ada@post.example"),
        ("form[password]", "whatever"),
    ];
    let response = server
        .post_by_script(&function("log_in"), &form)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 500);
    let id = header(response.headers(), "x-request-id");
    let text = response.text().await.unwrap();
    assert!(text.contains(&id), "{text}");
    leaks_nothing(&text);

    let response = server.get_as(&cookie, "/account").await;
    leaks_nothing(&response.text().await.unwrap());
}

#[tokio::test]
async fn nonsense_is_refused_without_a_stack_trace() {
    let server = Running::start().await;
    for body in [
        "",
        "form=1",
        "%ff%fe",
        "{\"form\":",
        "form[email]=a&form[email]=b",
    ] {
        let request = server
            .script_of(&server.guest, &function("log_in"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let response = request.send().await.unwrap();
        assert!(
            (400..500).contains(&response.status().as_u16()),
            "{body}: {}",
            response.status()
        );
        leaks_nothing(&response.text().await.unwrap());
    }
}

fn leaks_nothing(text: &str) {
    for secret in [
        "sqlx",
        "SQL",
        "sqlite",
        "panicked",
        "src/",
        ".rs:",
        "pool",
        "Error(",
        "market.db",
    ] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}
