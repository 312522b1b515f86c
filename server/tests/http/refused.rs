//! A form that is refused, in a browser without JavaScript: its page comes back with everything that was typed, and
//! nothing of it stays on the server.

use reqwest::Response;
use trial_http::functions::{log_in, one_of_everything, store};
use trial_http::running::{PASSWORD, Page, Running, cookie_of, function, header, token_in};

/// Something in another script, as long as a description may be.
fn long_description() -> String {
    "素焼きの鉢です。".repeat(625)
}

async fn owner(server: &Running) -> Page {
    store(server, "mara@post.example", "Kiln").await;
    server
        .open(&log_in(server, "mara@post.example").await)
        .await
}

async fn html(response: Response, status: u16) -> String {
    assert_eq!(response.status(), status);
    response.text().await.unwrap()
}

#[tokio::test]
async fn a_guest_gets_back_what_she_typed_and_leaves_nothing_behind() {
    let server = Running::start().await;
    let form = [
        ("_back", "/sign-up?next=%2Fcart"),
        ("form[name]", "Ada <Osei>"),
        ("form[email]", "ada at home"),
        ("form[password]", PASSWORD),
        ("next", "/cart"),
    ];
    let path = function("sign_up");
    let response = server.post(&path, &form).send().await.unwrap();
    assert_eq!(cookie_of(&response), None, "there is no session");
    let page = html(response, 422).await;
    assert!(page.contains("Ada &lt;Osei&gt;") && page.contains("ada at home"));
    assert!(page.contains("Check one field."));
    assert!(!page.contains(PASSWORD), "secrets are not shown again");
    // The page believes to stand where the form stood: the address is set right before it comes to life.
    assert!(page.contains("history.replaceState(history.state, \"\", \"/sign-up?next=%2Fcart\")"));

    // And is sent again from there.
    let again = Page {
        token: token_in(&page),
        ..server.guest.clone()
    };
    let form = [
        ("form[name]", "Ada Osei"),
        ("form[email]", "ada@home.example"),
        ("form[password]", PASSWORD),
    ];
    let response = server.post_from(&again, &path, &form).send().await.unwrap();
    assert_eq!(response.status(), 303);
}

#[tokio::test]
async fn a_long_text_in_any_script_comes_back_whole() {
    let server = Running::start().await;
    let page = owner(&server).await;
    let long = long_description();
    let form = [
        ("_back", "/dashboard/products/new"),
        ("form[title]", "Pot"),
        ("form[description]", &long),
        ("form[variants][0][price]", "abc"),
    ];
    let response = server.post_from(&page, &function("create_product"), &form);
    let shown = html(response.send().await.unwrap(), 422).await;
    assert!(shown.contains(&long), "every letter is there");
    // Longer than it may be, it is there as well, and said to be too long.
    let longer = long.repeat(3);
    let form = [
        ("_back", "/dashboard/products/new"),
        ("form[description]", longer.as_str()),
    ];
    let response = server.post_from(&page, &function("create_product"), &form);
    let shown = html(response.send().await.unwrap(), 422).await;
    assert!(shown.contains(&longer));
    assert!(shown.contains("Keep this to 5000 characters"), "it says so");
}

#[tokio::test]
async fn a_declined_card_comes_back_to_the_checkout_whatever_the_browser_says_of_itself() {
    let server = Running::start().await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    one_of_everything(&server, maker).await;
    let shopper = with_a_cart(&server, &server.guest).await;
    let response = server.post_from(
        &shopper,
        &function("place_order"),
        &checkout("4000000000000002"),
    );
    let shown = html(response.send().await.unwrap(), 422).await;
    assert!(shown.contains("Your bank declined the payment."), "{shown}");
    assert!(shown.contains("value=\"12 Long Road\""));
    assert!(!shown.contains("4000000000000002"));
}

/// The shopper's browser after she put one thing into her cart.
async fn with_a_cart(server: &Running, page: &Page) -> Page {
    let form = [
        ("listing", "1"),
        ("variant", "1"),
        ("units", "1"),
        ("_back", "/s/kiln/a-mug"),
    ];
    let response = server.post_from(page, &function("add_to_cart"), &form);
    let response = response.send().await.unwrap();
    assert_eq!(header(response.headers(), "location"), "/s/kiln/a-mug");
    let session = cookie_of(&response).map(|session| format!("{session}; "));
    Page {
        cookie: session.unwrap_or_default() + &page.cookie,
        token: page.token.clone(),
    }
}

fn checkout(card: &str) -> [(&'static str, &str); 11] {
    [
        ("_back", "/checkout"),
        ("form[email]", "ada@home.example"),
        ("form[name]", "Ada Osei"),
        ("form[line1]", "12 Long Road"),
        ("form[city]", "Wells"),
        ("form[country]", "England"),
        ("form[key]", "aaaaaaaaaaaaaaaaaaaaaaaa"),
        ("form[seen_total]", "1200"),
        ("card[card_number]", card),
        ("card[expiry]", "12/40"),
        ("card[cvc]", "123"),
    ]
}

#[tokio::test]
async fn whose_session_ended_logs_in_and_finds_what_she_typed() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    one_of_everything(&server, maker).await;
    let session = log_in(&server, "mara@post.example").await;
    let page = with_a_cart(&server, &server.open(&session).await).await;
    let account = server.account("mara@post.example").await;
    market::session::delete_all_of(&server.market, account)
        .await
        .unwrap();

    let product = [
        ("_back", "/dashboard/products/new"),
        ("form[title]", "Tall vase"),
        ("form[description]", "Two\nlines & <more>"),
    ];
    type Fields<'f> = &'f [(&'f str, &'f str)];
    let waits: [(&str, Fields, &str); 2] = [
        ("create_product", &product, "value=\"Tall vase\""),
        (
            "place_order",
            &checkout("4242424242424242"),
            "value=\"12 Long Road\"",
        ),
    ];
    for (name, form, typed) in waits {
        let path = function(name);
        // A script keeps its page, and says it there.
        let by_script = server.script_of(&page, &path).form(form);
        assert_eq!(by_script.send().await.unwrap().status(), 401, "{name}");

        let response = server.post_from(&page, &path, form).send().await.unwrap();
        let shown = html(response, 401).await;
        assert!(
            shown.contains("You are not logged in, so this was not sent."),
            "{shown}"
        );
        assert!(
            !shown.contains("4242424242424242"),
            "the card is not carried"
        );
        let kept = kept_in(&shown);
        let mut log_in = vec![
            ("_back", "/log-in"),
            ("_kept", kept.as_str()),
            ("form[email]", "mara@post.example"),
            ("form[password]", "a wrong guess"),
        ];
        let at_log_in = Page {
            token: token_in(&shown),
            ..page.clone()
        };
        // A wrong password loses nothing.
        let path = function("log_in");
        let response = server
            .post_from(&at_log_in, &path, &log_in)
            .send()
            .await
            .unwrap();
        let shown = html(response, 409).await;
        assert_eq!(kept_in(&shown), kept);

        log_in[3] = ("form[password]", PASSWORD);
        let response = server
            .post_from(&at_log_in, &path, &log_in)
            .send()
            .await
            .unwrap();
        assert!(cookie_of(&response).is_some(), "she is logged in");
        let shown = html(response, 200).await;
        assert!(shown.contains(typed), "{name}: {shown}");
        assert!(
            shown.contains("Mara") || shown.contains("Ada Abara"),
            "as herself"
        );
    }
}

/// What a page carries through the log-in.
fn kept_in(html: &str) -> String {
    let (_, input) = html
        .split_once("name=\"_kept\"")
        .expect("something is kept");
    let (_, value) = input.split_once("value=\"").unwrap();
    let text = value.split('"').next().unwrap();
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[tokio::test]
async fn a_form_never_leads_out_of_the_market() {
    let server = Running::start().await;
    for foreign in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let form = [("theme", "dark"), ("_back", foreign)];
        let response = server
            .post(&function("set_theme"), &form)
            .send()
            .await
            .unwrap();
        assert_eq!(header(response.headers(), "location"), "/", "{foreign}");
    }
    // A header is not asked.
    let response = server
        .post(&function("set_theme"), &[("theme", "dark")])
        .header("referer", format!("{}/market", server.public_url));
    let response = response.send().await.unwrap();
    assert_eq!(header(response.headers(), "location"), "/");
}

#[tokio::test]
async fn a_sentence_is_said_once_on_the_page_it_is_for() {
    let server = Running::start().await;
    let page = owner(&server).await;
    let path = function("log_out");
    let response = server.post_from(&page, &path, &[]).send().await.unwrap();
    assert_eq!(
        cookie_of(&response).as_deref(),
        Some("shelfshare="),
        "no new session"
    );
    assert!(
        server
            .follow(&page, &response)
            .await
            .contains("You are logged out.")
    );
    let elsewhere = server.get_as(&said_in(&response), "/market").await;
    assert!(
        !elsewhere
            .text()
            .await
            .unwrap()
            .contains("You are logged out.")
    );
    let home = server.get_as(&said_in(&response), "/").await;
    let taken = home.headers().get_all("set-cookie").iter();
    let mut taken = taken.map(|line| line.to_str().unwrap());
    assert!(taken.any(|line| line.starts_with("shelfshare-said=; ") && line.contains("Max-Age=0")));
}

fn said_in(response: &Response) -> String {
    let cookies = response.headers().get_all("set-cookie").iter();
    let mut cookies = cookies.map(|line| line.to_str().unwrap().split(';').next().unwrap());
    let said = cookies.find(|cookie| cookie.starts_with("shelfshare-said="));
    said.expect("a sentence is left").to_owned()
}

#[tokio::test]
async fn the_same_product_sent_twice_is_one_draft() {
    let server = Running::start().await;
    let page = owner(&server).await;
    let mut form = vec![
        ("_back", "/dashboard/products/new"),
        ("once", "aaaaaaaaaaaaaaaa-1"),
        ("form[title]", "Tall vase"),
        ("form[category]", "home"),
        ("form[variants][0][price]", "12"),
        ("form[variants][0][stock]", "3"),
    ];
    let path = function("create_product");
    let mut ways = Vec::new();
    for _ in 0..2 {
        let response = server.post_from(&page, &path, &form).send().await.unwrap();
        assert_eq!(response.status(), 303);
        ways.push(header(response.headers(), "location"));
    }
    assert_eq!(ways, ["/dashboard/products/1", "/dashboard/products/1"]);

    // Something else under the same key is not taken for the same: it comes back, to be sent anew.
    form[2] = ("form[title]", "Small vase");
    let response = server.post_from(&page, &path, &form).send().await.unwrap();
    let shown = html(response, 409).await;
    assert!(shown.contains("value=\"Small vase\""), "{shown}");
    form[1] = ("once", "aaaaaaaaaaaaaaaa-2");
    let response = server.post_from(&page, &path, &form).send().await.unwrap();
    assert_eq!(
        header(response.headers(), "location"),
        "/dashboard/products/2"
    );
}

#[tokio::test]
async fn a_form_says_where_it_stands() {
    let server = Running::start().await;
    for path in ["/log-in", "/log-in?next=%2Fmarket%3Fsearch%3Da%2526b"] {
        let html = server.get(path).await.text().await.unwrap();
        assert!(
            html.contains(&format!("name=\"_back\" value=\"{path}\"")),
            "{html}"
        );
    }
}
