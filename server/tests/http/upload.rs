use crate::running::{PAGE, Running, function, header};
use model::{ProductForm, StoreForm, VariantForm};
use reqwest::Response;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use reqwest::multipart::{Form, Part};
use std::io::Cursor;

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
    let request = server
        .request(reqwest::Method::POST, path)
        .header(ORIGIN, &server.public_url);
    let request = request
        .header(ACCEPT, "application/json")
        .header(COOKIE, cookie);
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
    let form = Form::new().part("picture", Part::bytes(png(300)).file_name("cup.png"));
    let request = server
        .request(reqwest::Method::POST, &path)
        .header(ORIGIN, &server.public_url);
    let request = request.header(ACCEPT, PAGE).header(COOKIE, &cookie);
    let request = request.header(
        "referer",
        format!("{}/dashboard/products", server.public_url),
    );
    let response = request.multipart(form).send().await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(
        header(response.headers(), "location"),
        "/dashboard/products"
    );
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
    for (kind, body) in [
        ("text/plain", "hello"),
        ("multipart/form-data", "no boundary"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"picture\"\r\n\r\ncut",
        ),
    ] {
        let request = server
            .request(reqwest::Method::POST, &path)
            .header(ORIGIN, &server.public_url);
        let request = request
            .header(COOKIE, &cookie)
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
