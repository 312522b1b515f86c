use crate::bodies::Errors;
use model::{ProductForm, StoreForm, VariantForm};
use reqwest::Response;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use reqwest::multipart::{Form, Part};
use std::io::Cursor;
use trial_http::running::{PAGE, Page, Running, function, header};

/// A maker with one product: her cookie and where its pictures are sent.
async fn maker(server: &Running, email: &str, store: &str) -> (String, String) {
    let cookie = server.sign_up(email).await;
    let account = server.account(email).await;
    let signed = market::account::signed(&server.market, account)
        .await
        .unwrap();
    let currency = model::Currency::Usd;
    let form = StoreForm {
        name: store.to_owned(),
        ships_free: "true".to_owned(),
        ..StoreForm::default()
    };
    let owner = market::store::open(&server.market, &signed, form.validate(currency).unwrap())
        .await
        .unwrap();
    let variant = VariantForm {
        price: "12".into(),
        stock: "3".into(),
        ..VariantForm::default()
    };
    let form = ProductForm {
        title: format!("A cup of {store}"),
        category: "kitchen".into(),
        variants: vec![variant],
        ..ProductForm::default()
    };
    let product = market::product::create(&server.market, owner, form.validate(currency).unwrap())
        .await
        .unwrap();
    (cookie, format!("/upload/product/{product}"))
}

async fn send(server: &Running, cookie: &str, path: &str, file: Vec<u8>) -> Response {
    let form = Form::new()
        .text("alt", "A cup")
        .part("picture", Part::bytes(file).file_name("cup.png"));
    let request = server.script_of(&server.open(cookie).await, path);
    request.multipart(form).send().await.unwrap()
}

fn png(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(side, side, image::Rgb([200, 120, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_makers_picture_is_stored_and_shown() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let response = send(&server, &cookie, &path, png(600)).await;
    assert_eq!(response.status(), 200);
    let picture: model::Picture = response.json().await.unwrap();
    assert_eq!(picture.alt, "A cup");
    for address in [picture.large(), picture.small()] {
        let shown = server.get(&address).await;
        assert_eq!(shown.status(), 200, "{address}");
        assert_eq!(header(shown.headers(), "content-type"), "image/jpeg");
        assert!(header(shown.headers(), "cache-control").contains("immutable"));
        assert_eq!(header(shown.headers(), "x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_plain_form_goes_back_to_its_page_and_says_so() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let page = server.open(&cookie).await;
    let response = send_from_page(&server, &page, &path, |form| {
        form.part("picture", Part::bytes(png(300)).file_name("cup.png"))
    })
    .await;
    assert_eq!(response.status(), 303);
    assert_eq!(
        header(response.headers(), "location"),
        "/dashboard/products/1"
    );
}

/// The pictures of the product behind an upload's path, in its maker's order.
async fn stored(server: &Running, email: &str, path: &str) -> Vec<model::Picture> {
    let product = path.rsplit('/').next().unwrap().parse().unwrap();
    let signed = market::account::signed(&server.market, server.account(email).await).await;
    let owner = signed.unwrap().store_owner().unwrap();
    let edit = market::product::form(&server.market, owner, product).await;
    edit.unwrap().pictures
}

/// A post of a browser without JavaScript: the form says first which page it comes from.
async fn send_from_page(
    server: &Running,
    page: &Page,
    path: &str,
    fill: impl FnOnce(Form) -> Form,
) -> Response {
    let product = path.rsplit('/').next().unwrap();
    let form = Form::new()
        .text("_token", page.token.clone())
        .text("_back", format!("/dashboard/products/{product}"));
    let request = server
        .request(reqwest::Method::POST, path)
        .header(ORIGIN, &server.public_url)
        .header(ACCEPT, PAGE)
        .header(COOKIE, &page.cookie);
    request.multipart(fill(form)).send().await.unwrap()
}

#[tokio::test]
async fn a_plain_form_sends_several_pictures_at_once() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let part = |side| Part::bytes(png(side)).file_name(format!("{side}.png"));
    let page = server.open(&cookie).await;
    let response = send_from_page(&server, &page, &path, |form| {
        [300, 400, 500]
            .into_iter()
            .fold(form, |form, side| form.part("picture", part(side)))
            .text(
                "alt",
                "One sentence for three pictures says nothing of each",
            )
    })
    .await;
    let next = server.follow(&page, &response).await;
    assert!(next.contains("3 pictures are added."));

    let pictures = stored(&server, "mara@post.example", &path).await;
    let alts: Vec<_> = pictures
        .iter()
        .map(|picture| picture.alt.as_str())
        .collect();
    assert_eq!(alts, ["", "", ""]);
}

#[tokio::test]
async fn of_several_pictures_the_wrong_one_is_named_and_the_others_stay() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let form = Form::new()
        .part("picture", Part::bytes(png(300)).file_name("cup.png"))
        .part(
            "picture",
            Part::bytes(b"hello".to_vec()).file_name("notes.txt"),
        );
    let request = server.script_of(&server.open(&cookie).await, &path);
    let response = request.multipart(form).send().await.unwrap();
    assert_eq!(response.status(), 409);
    let said = response.text().await.unwrap();
    assert!(
        said.contains("The picture is added. “notes.txt” is not:"),
        "{said}"
    );
    assert_eq!(stored(&server, "mara@post.example", &path).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_a_sentence() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    for file in [
        svg,
        b"GIF89a".to_vec(),
        Vec::new(),
        png(300)[..200].to_vec(),
    ] {
        let response = send(&server, &cookie, &path, file).await;
        assert!(
            matches!(response.status().as_u16(), 409 | 422),
            "{}",
            response.status()
        );
        let text = response.text().await.unwrap();
        assert!(text.contains("JPEG, PNG or WebP"), "{text}");
    }
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_refused_before_it_is_read() {
    let server = Running::with(&[("max_upload_mib", "1")]).await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let response = send(&server, &cookie, &path, vec![0; 2 * 1024 * 1024]).await;
    assert_eq!(response.status(), 413);
    assert!(response.text().await.unwrap().contains("1 MiB"));
}

#[tokio::test]
async fn anothers_product_is_as_unknown_as_none() {
    let server = Running::start().await;
    let (_, path) = maker(&server, "mara@post.example", "Kiln").await;
    let (stranger, _) = maker(&server, "teo@post.example", "Books").await;
    let answer = async |path: &str| {
        let response = send(&server, &stranger, path, png(300)).await;
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let foreign = answer(&path).await;
    assert_eq!(foreign.0, 404);
    assert_eq!(foreign, answer("/upload/product/999999").await);
}

#[tokio::test]
async fn a_guest_is_asked_to_log_in() {
    let server = Running::start().await;
    let (_, path) = maker(&server, "mara@post.example", "Kiln").await;
    assert_eq!(send(&server, "", &path, png(300)).await.status(), 401);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let page = server.open(&cookie).await;
    for (kind, body) in [
        ("text/plain", "hello"),
        ("multipart/form-data", "no boundary"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"picture\"\r\n\r\ncut",
        ),
    ] {
        let request = server
            .script_of(&page, &path)
            .header("content-type", kind)
            .body(body);
        let status = request.send().await.unwrap().status().as_u16();
        assert!((400..500).contains(&status), "{kind}: {status}");
    }
    assert_eq!(
        server.get(&function("log_in")).await.status(),
        405,
        "a form's address is no page"
    );
}

#[tokio::test]
async fn what_was_typed_about_a_picture_comes_back_with_what_is_wrong() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let page = server.open(&cookie).await;
    let response = send_from_page(&server, &page, &path, |form| {
        form.text("alt", "A cup <of> clay")
    });
    let response = response.await;
    assert_eq!(response.status(), 422);
    let shown = response.text().await.unwrap();
    assert!(
        shown.contains("Choose a JPEG, PNG or WebP file."),
        "{shown}"
    );
    assert!(
        shown.contains("value=\"A cup &lt;of> clay\"")
            || shown.contains("value=\"A cup &lt;of&gt; clay\"")
    );
}

#[tokio::test]
async fn a_description_without_end_is_refused_and_nothing_of_it_is_kept() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let page = server.open(&cookie).await;
    let endless = "a".repeat(20 * 1024 * 1024);
    let response = send_from_page(&server, &page, &path, |form| form.text("alt", endless)).await;
    assert_eq!(response.status(), 422);
    let shown = response.text().await.unwrap();
    assert!(shown.contains("Keep this to 140 characters"), "it says so");
    assert!(shown.len() < 100_000, "{} bytes come back", shown.len());
    // Pages open as ever.
    assert_eq!(
        server.get_as(&page.cookie, "/dashboard").await.status(),
        200
    );
}

#[tokio::test]
async fn the_same_pictures_sent_twice_are_there_once() {
    let server = Running::start().await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let page = server.open(&cookie).await;
    for _ in 0..2 {
        let response = send_from_page(&server, &page, &path, |form| {
            [300, 400]
                .into_iter()
                .fold(form.text("once", "aaaaaaaaaaaaaaaa-1"), |form, side| {
                    form.part("picture", Part::bytes(png(side)).file_name("cup.png"))
                })
        })
        .await;
        assert!(
            server
                .follow(&page, &response)
                .await
                .contains("2 pictures are added.")
        );
    }
    assert_eq!(stored(&server, "mara@post.example", &path).await.len(), 2);
}

#[tokio::test]
async fn a_refused_picture_is_no_error_of_ours() {
    let server = Running::with(&[("max_upload_mib", "1")]).await;
    let (cookie, path) = maker(&server, "mara@post.example", "Kiln").await;
    let errors = Errors::default();
    let _listening = errors.listen();
    for (file, status) in [
        (b"GIF89a".to_vec(), 409),
        (png(20), 409),
        (vec![0; 2 * 1024 * 1024], 413),
    ] {
        assert_eq!(send(&server, &cookie, &path, file).await.status(), status);
    }
    assert_eq!(errors.count(), 0);
}
