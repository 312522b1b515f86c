//! What belongs to an account is kept by nobody, the browser's own memory included.

use reqwest::Response;
use trial_http::running::{Running, function, header};

fn kept(response: &Response) -> String {
    header(response.headers(), "cache-control")
}

#[tokio::test]
async fn no_page_of_somebody_signed_in_is_kept() {
    let server = Running::start().await;
    let cookie = server.sign_up("ada@post.example").await;
    let pages = server::pages::every_page();
    for page in pages
        .iter()
        .map(|page| page.path())
        .filter(|page| !page.contains('{'))
    {
        assert_eq!(
            kept(&server.get_as(&cookie, page).await),
            "no-store",
            "{page}"
        );
    }
    for page in ["/nowhere", "/s/nobody", "/dashboard/products/1"] {
        assert_eq!(
            kept(&server.get_as(&cookie, page).await),
            "no-store",
            "{page}"
        );
    }
    let facts = server.get_as(&cookie, &function("read_account")).await;
    assert_eq!(kept(&facts), "no-store");
}

#[tokio::test]
async fn neither_are_the_answers_that_log_in_and_out() {
    let server = Running::start().await;
    let form = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@post.example"),
        ("form[password]", trial_http::running::PASSWORD),
    ];
    let signed_up = server
        .post(&function("sign_up"), &form)
        .send()
        .await
        .unwrap();
    assert_eq!(kept(&signed_up), "no-store");
    let cookie = trial_http::running::cookie_of(&signed_up).unwrap();
    let page = server.open(&cookie).await;
    let out = server
        .post_from(&page, &function("log_out"), &[])
        .send()
        .await
        .unwrap();
    assert_eq!(kept(&out), "no-store");
    // With the cookie of a session that is over she is a guest.
    assert_eq!(
        kept(&server.get_as(&cookie, "/market").await),
        "private, no-cache"
    );
}

#[tokio::test]
async fn what_is_behind_a_secret_link_is_kept_by_nobody() {
    let server = Running::start().await;
    for secret in [
        "/order/0123456789abcdefghijklmn",
        "/pay/step/0123456789abcdefghijklmn",
    ] {
        assert_eq!(kept(&server.get(secret).await), "no-store", "{secret}");
    }
}

#[tokio::test]
async fn a_guest_finds_what_she_typed_when_she_goes_back() {
    let server = Running::start().await;
    for page in ["/", "/market", "/cart", "/checkout", "/sign-up"] {
        assert_eq!(kept(&server.get(page).await), "private, no-cache", "{page}");
    }
}
