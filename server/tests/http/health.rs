use trial_http::running::Running;

#[tokio::test]
async fn a_server_with_a_database_is_live_and_ready() {
    let server = Running::start().await;
    for path in ["/health/live", "/health/ready"] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert!(!response.headers().contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn without_a_database_it_is_live_but_not_ready() {
    let server = Running::start().await;
    server.market.clone().close().await.unwrap();
    assert_eq!(server.get("/health/live").await.status(), 200);
    let response = server.get("/health/ready").await;
    assert_eq!(response.status(), 503);
    assert_eq!(response.text().await.unwrap(), "not ready\n");
}
