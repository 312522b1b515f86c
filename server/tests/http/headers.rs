use app::error::AppError;
use app::wire::seed::PageFacts;
use reqwest::Method;
use trial_http::running::{Running, function, header};

#[tokio::test]
async fn a_page_allows_only_its_own_scripts_and_is_framed_nowhere() {
    let server = Running::start().await;
    let response = server.get("/log-in").await;
    assert_eq!(response.status(), 200);
    let policy = header(response.headers(), "content-security-policy");
    for part in [
        "default-src 'self'",
        "'strict-dynamic' 'wasm-unsafe-eval'",
        "style-src 'self'; style-src-attr 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "{part} is not in {policy}");
    }
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap()
        .to_owned();
    assert!(nonce.len() >= 16);
    let html = response.text().await.unwrap();
    let scripts = html.split("<script").skip(1);
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(
            tag.contains(&format!("nonce=\"{nonce}\"")),
            "a script without the nonce: <script{tag}>"
        );
    }
    assert!(
        !html.contains("<style"),
        "a style element would need a nonce too"
    );
}

#[tokio::test]
async fn a_nonce_stands_only_where_browsers_hide_it() {
    let server = Running::start().await;
    let response = server.get("/log-in").await;
    let policy = header(response.headers(), "content-security-policy");
    let nonce = policy
        .split('\'')
        .find_map(|part| part.strip_prefix("nonce-"))
        .unwrap();
    let html = response.text().await.unwrap();
    let hidden = html.matches(&format!(" nonce=\"{nonce}\"")).count();
    assert!(hidden > 0);
    assert_eq!(
        html.matches(nonce).count(),
        hidden,
        "the nonce can be read by what gets into the page"
    );
}

#[tokio::test]
async fn every_answer_names_its_build_and_so_does_every_page() {
    let server = Running::start().await;
    let mut builds = std::collections::BTreeSet::new();
    for path in [
        "/log-in",
        "/health/live",
        "/nowhere",
        "/pkg/none.js",
        "/api/none",
        &function("read_shell"),
    ] {
        let response = server.get(path).await;
        builds.insert(header(response.headers(), "x-build"));
    }
    let html = server.get("/log-in").await.text().await.unwrap();
    let of_page = html
        .split("data-build=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(builds.into_iter().collect::<Vec<_>>(), [of_page]);
    assert_eq!(of_page.len(), 16);
}

#[tokio::test]
async fn a_page_of_another_build_is_given_nothing_that_it_would_misread() {
    let server = Running::start().await;
    let read = |build: String| {
        server
            .request(Method::GET, &function("read_shell"))
            .header("x-build", build)
            .send()
    };
    let answer = server.get("/health/live").await;
    let ours = read(header(answer.headers(), "x-build")).await.unwrap();
    assert_eq!(ours.status(), 200);
    assert_eq!(
        header(ours.headers(), "content-type"),
        "application/octet-stream"
    );
    let shell = app::wire::packed::unpack::<PageFacts>(&ours.bytes().await.unwrap());
    assert_eq!(shell.unwrap().shell.cart_units, 0);

    let theirs = read("0123456789abcdef".to_owned()).await.unwrap();
    assert_eq!(theirs.status(), 404);
    assert_eq!(theirs.json::<AppError>().await.unwrap(), AppError::Outdated);
}

#[tokio::test]
async fn a_function_of_another_build_is_answered_as_one() {
    let server = Running::start().await;
    let gone = "/api/gone_and_away1234567890";
    let answer = server
        .post_by_script(gone, &[("form[name]", "Ada")])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.json::<AppError>().await.unwrap(), AppError::Outdated);
    let page = server
        .post(gone, &[("form[name]", "Ada")])
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 404);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("The market was updated")
    );
}

#[tokio::test]
async fn a_nonce_is_used_once() {
    let server = Running::start().await;
    let policy = async || {
        header(
            server.get("/log-in").await.headers(),
            "content-security-policy",
        )
    };
    assert_ne!(policy().await, policy().await);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect() {
    let server = Running::start().await;
    for path in [
        "/log-in",
        "/health/live",
        "/nowhere",
        "/pkg/none.js",
        "/pictures/none-480.jpg",
        "/api/none",
    ] {
        let response = server.get(path).await;
        let headers = response.headers();
        assert_eq!(
            header(headers, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(header(headers, "referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            header(headers, "cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            header(headers, "permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert!(
            header(headers, "content-security-policy").contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(header(headers, "x-request-id").len(), 16, "{path}");
        assert_eq!(
            header(headers, "strict-transport-security"),
            "",
            "not on plain http"
        );
    }
}

#[tokio::test]
async fn https_is_for_good() {
    let server = Running::with(&[("public_url", "https://shop.example")]).await;
    let response = server.get("/log-in").await;
    assert!(
        header(response.headers(), "strict-transport-security").starts_with("max-age=63072000")
    );
    assert!(
        header(response.headers(), "content-security-policy").contains("upgrade-insecure-requests")
    );
}

#[tokio::test]
async fn a_request_id_is_ours_whatever_the_client_sends() {
    let server = Running::start().await;
    let request = server
        .request(reqwest::Method::GET, "/health/live")
        .header("x-request-id", "mine");
    let id = header(request.send().await.unwrap().headers(), "x-request-id");
    assert!(
        id.len() == 16 && id.chars().all(|c| c.is_ascii_hexdigit()),
        "{id}"
    );
}

#[tokio::test]
async fn pages_are_kept_by_no_cache_on_the_way() {
    let server = Running::start().await;
    let response = server.get("/log-in").await;
    assert_eq!(
        header(response.headers(), "cache-control"),
        "private, no-cache"
    );
}
