use reqwest::Method;
use reqwest::header::IF_MODIFIED_SINCE;
use trial_http::running::{Running, header};

#[tokio::test]
async fn built_files_are_served_with_their_type() {
    let server = Running::start().await;
    server.put_site_file("pkg/app.css", "body{}");
    server.put_site_file("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let response = server.get("/pkg/app.css").await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(response.headers(), "content-type"), "text/css");
    assert!(header(response.headers(), "cache-control").starts_with("public"));
    let icon = server.get("/favicon.svg").await;
    assert_eq!(header(icon.headers(), "content-type"), "image/svg+xml");

    let changed = header(response.headers(), "last-modified");
    let request = server
        .request(Method::GET, "/pkg/app.css")
        .header(IF_MODIFIED_SINCE, changed);
    assert_eq!(request.send().await.unwrap().status(), 304);
}

#[tokio::test]
async fn pictures_are_kept_for_good_and_nothing_else_in_their_folder_is_shown() {
    let server = Running::start().await;
    server.put_data_file(
        "pictures/k3v9k3v9k3v9k3v9k3v9k3v9-480.jpg",
        "not really a picture",
    );
    server.put_data_file("pictures/notes.txt", "private");
    server.put_data_file("secret.txt", "private");
    let response = server
        .get("/pictures/k3v9k3v9k3v9k3v9k3v9k3v9-480.jpg")
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(response.headers(), "content-type"), "image/jpeg");
    assert!(header(response.headers(), "cache-control").contains("immutable"));
    for path in [
        "/pictures/notes.txt",
        "/pictures/../secret.txt",
        "/pictures/%2e%2e/secret.txt",
        "/pictures",
    ] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(!header(response.headers(), "cache-control").contains("immutable"));
    }
}
