use market::payment::sandbox::SIGNATURE;
use market::payment::{Secret, sign};
use reqwest::header::{COOKIE, ORIGIN};
use reqwest::{Method, RequestBuilder};
use trial_http::running::Running;

const SECRET: &str = "what only the provider and we know";
const BODY: &str = r#"{"charge":"charge:order:1"}"#;

fn message(server: &Running, body: &str) -> RequestBuilder {
    let secret = Secret::new(SECRET).unwrap();
    let signature = sign(&secret, server.market.now(), body.as_bytes());
    server
        .request(Method::POST, "/webhooks/payments")
        .header(SIGNATURE, signature)
        .body(body.to_owned())
}

#[tokio::test]
async fn without_a_secret_there_is_no_such_address() {
    let server = Running::start().await;
    let answer = message(&server, BODY).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_signature_is_enough_wherever_the_message_comes_from() {
    let server = Running::with(&[("webhook_secret", SECRET)]).await;
    let foreign = message(&server, BODY)
        .header(ORIGIN, "https://provider.example")
        .header(COOKIE, "shelfshare=a");
    assert_eq!(foreign.send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn nothing_else_is_enough() {
    let server = Running::with(&[("webhook_secret", SECRET)]).await;
    let unsigned = server
        .request(Method::POST, "/webhooks/payments")
        .header(ORIGIN, &server.public_url)
        .body(BODY);
    assert_eq!(unsigned.send().await.unwrap().status(), 400);
    for nonsense in ["", "charge:order:1", "{}", r#"{"charge":1}"#] {
        let answer = message(&server, nonsense).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{nonsense}");
    }
}

#[tokio::test]
async fn a_message_has_a_size_limit() {
    let server = Running::with(&[("webhook_secret", SECRET)]).await;
    let answer = message(&server, &" ".repeat(65 * 1024))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 413);
}
