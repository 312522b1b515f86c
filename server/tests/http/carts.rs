//! A visitor's cart over HTTP, as browsers send it: several tabs, links that were shown, pages that have grown old.

use market::store::Owner;
use model::{Currency, ListingId, ProductForm, ProductId, StoreForm, VariantForm, VariantId};
use reqwest::Response;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use trial_http::running::{Running, cookie_of, function};

async fn store(server: &Running, email: &str, name: &str) -> Owner {
    server.sign_up(email).await;
    let account = server.account(email).await;
    let signed = market::account::signed(&server.market, account).await;
    let form = StoreForm {
        name: name.to_owned(),
        shipping: "4.00".to_owned(),
        ..StoreForm::default()
    };
    let new = form.validate(Currency::Usd).unwrap();
    let opened = market::store::open(&server.market, &signed.unwrap(), new).await;
    opened.unwrap()
}

/// A published product with two variants; the dearer one stands first.
async fn product(server: &Running, maker: Owner, title: &str) -> ProductId {
    let variant = |name: &str, price: &str| VariantForm {
        name: name.into(),
        price: price.into(),
        stock: "9".into(),
        ..VariantForm::default()
    };
    let form = ProductForm {
        title: title.into(),
        category: "kitchen".into(),
        variants: vec![variant("Large", "25"), variant("Small", "20")],
        ..ProductForm::default()
    };
    let new = form.validate(Currency::Usd).unwrap();
    let id = market::product::create(&server.market, maker, new).await;
    let id = id.unwrap();
    market::product::publish(&server.market, maker, id)
        .await
        .unwrap();
    id
}

/// A product's own listing and its variants.
async fn on_shelf(server: &Running, store: &str, slug: &str) -> (ListingId, Vec<VariantId>) {
    let page = market::product::page(&server.market, store, slug, None).await;
    let page = page.unwrap();
    let variants = page.variants.iter().map(|variant| variant.id).collect();
    (page.listing.unwrap(), variants)
}

/// `name=value` of the cookie that lets a visitor's first requests know of each other.
fn visitor_cookie(response: &Response) -> Option<String> {
    let cookies = response.headers().get_all(SET_COOKIE).iter();
    let line = cookies
        .map(|line| line.to_str().unwrap().to_owned())
        .find(|line| line.starts_with("shelfshare-visitor="))?;
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    Some(line.split(';').next()?.to_owned())
}

async fn body(response: Response) -> String {
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

/// The value of a page's hidden input.
fn hidden(page: &str, name: &str) -> String {
    let input = page
        .split("<input")
        .find(|input| input.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("no {name}"));
    let value = input.split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn two_tabs_of_somebody_new_fill_one_cart() {
    let server = Running::start().await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    product(&server, maker, "A mug").await;
    let (listing, variants) = on_shelf(&server, "kiln", "a-mug").await;

    // Both tabs are open before either has a cookie; the browser keeps the one that came last.
    let mut cookie = None;
    for _ in 0..2 {
        let page = server.get("/s/kiln/a-mug").await;
        cookie = visitor_cookie(&page).or(cookie);
    }
    let cookie = cookie.expect("a cookie with a page that can fill a cart");
    let known = server.get_as(&cookie, "/s/kiln/a-mug").await;
    assert_eq!(visitor_cookie(&known), None, "once is enough");
    let add = async |variant: VariantId| {
        let form = [
            ("listing", listing.to_string()),
            ("variant", variant.to_string()),
            ("units", "1".to_owned()),
        ];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        let sent = server
            .post_by_script(&function("add_to_cart"), &form)
            .header(COOKIE, &cookie)
            .send();
        cookie_of(&sent.await.unwrap()).expect("a session")
    };
    let sessions = tokio::join!(add(variants[0]), add(variants[1]));

    for session in [sessions.0, sessions.1] {
        let cart = body(server.get_as(&session, "/cart").await).await;
        assert_eq!(cart.matches("data-testid=\"cart-line\"").count(), 2);
    }
}

#[tokio::test]
async fn every_link_of_a_cart_leads_somewhere_true() {
    let server = Running::start().await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    let reseller = store(&server, "ben@post.example", "Corner").await;
    let mug = product(&server, maker, "A mug").await;
    let terms = model::OfferTerms {
        rate: model::Tokens(100),
        units: 5,
    };
    let offer = market::offer::open(&server.market, maker, mug, terms).await;
    let resold = market::listing::add(&server.market, reseller, mug)
        .await
        .unwrap();
    let (_, variants) = on_shelf(&server, "kiln", "a-mug").await;
    let cart = market::cart::new(&server.market, None).await.unwrap();
    market::cart::add(&server.market, cart, resold, variants[0], 1)
        .await
        .unwrap();
    let view = market::cart::view(&server.market, cart).await.unwrap();
    let href = view.groups[0].lines[0].href.clone();

    let here = body(server.get(&href).await).await;
    assert!(here.contains("data-testid=\"product\"") && here.contains("$25.00"));
    let opened = body(server.get("/s/corner/a-mug").await).await;
    let price = opened.split("data-testid=\"product-price\"").nth(1);
    assert!(
        price.unwrap()[..200].contains("$20.00"),
        "from the cheapest"
    );

    market::offer::revoke(&server.market, maker, offer.unwrap(), None)
        .await
        .unwrap();
    let elsewhere = body(server.get(&href).await).await;
    for words in [
        "Corner does not carry it now",
        "href=\"/s/kiln/a-mug\"",
        "noindex",
    ] {
        assert!(elsewhere.contains(words), "{words}");
    }
    market::product::archive(&server.market, maker, mug, None)
        .await
        .unwrap();
    let gone = body(server.get(&href).await).await;
    assert!(gone.contains("This is no longer sold") && gone.contains("noindex"));
    assert!(!gone.contains("A mug"));
    assert_eq!(server.get("/s/corner/nothing").await.status(), 404);
}

#[tokio::test]
async fn a_checkout_that_has_grown_old_says_what_changed_and_keeps_what_was_typed() {
    let server = Running::start().await;
    let maker = store(&server, "mara@post.example", "Kiln").await;
    for title in ["Red mug", "Blue mug"] {
        product(&server, maker, title).await;
    }
    let (red, blue) = (
        on_shelf(&server, "kiln", "red-mug").await,
        on_shelf(&server, "kiln", "blue-mug").await,
    );
    let put = async |of: &(ListingId, Vec<VariantId>), cookie: &str| {
        let form = [
            ("listing", of.0.to_string()),
            ("variant", of.1[0].to_string()),
            ("units", "1".to_owned()),
        ];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        let sent = server
            .post_by_script(&function("add_to_cart"), &form)
            .header(COOKIE, cookie)
            .send();
        cookie_of(&sent.await.unwrap())
    };
    let session = put(&red, "").await.expect("a session");
    let page = body(server.get_as(&session, "/checkout").await).await;
    // In another tab the red one goes and a blue one comes.
    let cart = body(server.get_as(&session, "/cart").await).await;
    let line = hidden(&cart, "line");
    let removed = server
        .post(&function("remove_line"), &[("line", line.as_str())])
        .header(COOKIE, &session)
        .send();
    let removed = removed.await.unwrap();
    let way = removed.headers()[LOCATION].to_str().unwrap().to_owned();
    let bar = body(server.get_as(&session, &way).await).await;
    assert!(bar.contains("“Red mug, Large” is removed from your cart."));
    put(&blue, &session).await;

    let (key, total, seen) = (
        hidden(&page, "form[key]"),
        hidden(&page, "form[seen_total]"),
        hidden(&page, "form[seen]"),
    );
    let form = [
        ("_back", "/checkout"),
        ("form[email]", "ada@post.example"),
        ("form[name]", "Ada Abara"),
        ("form[line1]", "7 Quiet Road"),
        ("form[city]", "Town"),
        ("form[country]", "Land"),
        ("form[key]", key.as_str()),
        ("form[seen_total]", total.as_str()),
        ("form[seen]", seen.as_str()),
        ("card[card_number]", "4242424242424242"),
        ("card[expiry]", "12/40"),
        ("card[cvc]", "123"),
    ];
    let sent = server
        .post(&function("place_order"), &form)
        .header(COOKIE, &session)
        .send();
    let sent = sent.await.unwrap();
    assert_eq!(sent.status(), 409);
    let told = sent.text().await.unwrap();
    let changes = told.split("data-testid=\"cart-changes\"").nth(1).unwrap();
    for words in ["Red mug, Large", "Blue mug, Large", "Not in your cart"] {
        assert!(changes.contains(words), "{words}");
    }
    assert!(told.contains("7 Quiet Road"));
    assert!(hidden(&told, "form[seen]") != seen && hidden(&told, "form[key]") != key);
}
