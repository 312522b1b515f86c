//! Who may call which server function: every registered one stands in the table, and is asked by everybody.

use reqwest::Method;
use reqwest::header::{ACCEPT, COOKIE};
use std::collections::BTreeSet;
use trial_http::functions::Who::{Anyone, Owner as AnyOwner, OwnerOf};
use trial_http::functions::{FUNCTIONS, log_in, name_in, one_of_everything, registered, store};
use trial_http::running::{Page, Running};

#[test]
fn every_server_function_stands_in_the_table() {
    let known: BTreeSet<_> = FUNCTIONS.iter().map(|(name, ..)| *name).collect();
    let functions = registered();
    let present: BTreeSet<_> = functions.iter().map(|(path, _)| name_in(path)).collect();
    assert_eq!(present, known);
    assert_eq!(
        functions.len(),
        known.len(),
        "two server functions of one name"
    );
}

#[tokio::test]
async fn everybody_may_call_what_is_theirs_and_nothing_else() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    one_of_everything(&server, maker).await;
    let guest = server.guest.clone();
    let shopper = server.sign_up("shopper@post.example").await;
    let shopper = server.open(&shopper).await;
    store(&server, "other@post.example", "Other").await;
    let other = log_in(&server, "other@post.example").await;
    let operator = server.sign_up("operator@post.example").await;
    let operator = server.open(&operator).await;
    market::account::appoint(&server.market, "operator@post.example")
        .await
        .unwrap();
    let suspended = server.sign_up("suspended@post.example").await;
    market::account::suspend(&server.market, "suspended@post.example")
        .await
        .unwrap();
    let suspended = server.open(&suspended).await;
    let other = server.open(&other).await;

    for (path, method) in registered() {
        let (name, who, body) = FUNCTIONS
            .iter()
            .find(|(name, ..)| *name == name_in(&path))
            .unwrap();
        for (visitor, page) in [
            ("guest", &guest),
            ("shopper", &shopper),
            ("other owner", &other),
            // Running the market gives no right to anybody's things; that is done from the command line.
            ("operator", &operator),
            ("suspended", &suspended),
        ] {
            // They end the session they are asked by, which the others still need.
            if ["log_out", "end_other_log_ins"].contains(name) {
                continue;
            }
            let status = call(&server, &path, &method, body, page).await;
            let refused = match (who, visitor) {
                (Anyone, _) => None,
                (_, "guest" | "suspended") => Some(401),
                (AnyOwner | OwnerOf, "shopper" | "operator") => Some(403),
                (OwnerOf, "other owner") => Some(404),
                _ => None,
            };
            match refused {
                Some(expected) => assert_eq!(status, expected, "{name} asked by {visitor}"),
                None => assert!(
                    ![401, 403].contains(&status),
                    "{name} asked by {visitor}: {status}"
                ),
            }
            assert_ne!(status, 500, "{name} asked by {visitor}");
        }
    }
}

async fn call(server: &Running, path: &str, method: &Method, body: &str, page: &Page) -> u16 {
    let request = if *method == Method::GET {
        let request = server.request(Method::GET, &format!("{path}?{body}"));
        request
            .header(ACCEPT, "application/json")
            .header(COOKIE, &page.cookie)
    } else {
        let form = "application/x-www-form-urlencoded";
        let request = server.script_of(page, path);
        request.header("content-type", form).body(body.to_owned())
    };
    request.send().await.unwrap().status().as_u16()
}
