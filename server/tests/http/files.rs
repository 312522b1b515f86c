use reqwest::Method;
use reqwest::header::{IF_MODIFIED_SINCE, RANGE};
use std::fs::File;
use std::time::{Duration, SystemTime};
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

#[tokio::test]
async fn a_picture_that_is_removed_or_replaced_is_not_shown_any_more() {
    let server = Running::start().await;
    let file = "pictures/k3v9k3v9k3v9k3v9k3v9k3v9-480.jpg";
    let path = format!("/{file}");
    server.put_data_file(file, "a picture");
    for _ in 0..2 {
        assert_eq!(server.get(&path).await.text().await.unwrap(), "a picture");
    }
    let part = server
        .request(Method::GET, &path)
        .header(RANGE, "bytes=2-8");
    let part = part.send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.text().await.unwrap(), "picture");
    let head = server.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(header(head.headers(), "content-length"), "9");

    let on_disk = server.data_file(file);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    std::fs::write(&on_disk, "another").unwrap();
    let opened = File::options().write(true).open(&on_disk).unwrap();
    opened.set_modified(long_ago).unwrap();
    assert_eq!(server.get(&path).await.text().await.unwrap(), "another");
    std::fs::remove_file(&on_disk).unwrap();
    assert_eq!(server.get(&path).await.status(), 404);
}
