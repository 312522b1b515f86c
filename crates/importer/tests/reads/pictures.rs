use crate::{ADDRESS, page, read_at, with_json_ld};

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let draft = read_at(ADDRESS, html).expect("a draft");
    let images: Vec<&str> = draft
        .images
        .iter()
        .map(|found| found.value.url.as_str())
        .collect();
    assert_eq!(images, expected, "{html}");
}

#[test]
fn absolute_in_order_and_once() {
    check(
        &with_json_ld(
            r#"{"@type": "Product", "name": "Blue cup", "offers": {"price": 3}, "image": ["//cdn.kiln.example/a.jpg", {"@type": "ImageObject", "url": "b.jpg"}, "https://cdn.kiln.example/a.jpg?w=100"]}"#,
        ),
        &[
            "https://cdn.kiln.example/a.jpg",
            "https://kiln.example/shop/b.jpg",
        ],
    );
}

#[test]
fn neither_logos_nor_scripts() {
    check(
        &with_json_ld(
            r#"{"@type": "Product", "name": "Blue cup", "offers": {"price": 3}, "image": ["/img/logo.png", "javascript:alert(1)", "data:image/png;base64,AAAA", "/img/sprite.png", "/c.jpg"]}"#,
        ),
        &["https://kiln.example/c.jpg"],
    );
}

#[test]
fn the_secure_twin() {
    check(
        &page(
            r#"<meta property="og:image" content="http://kiln.example/a.jpg"><meta property="og:image:secure_url" content="https://kiln.example/a.jpg">
            <meta property="og:type" content="product"><meta property="product:price:amount" content="3"><meta property="product:price:currency" content="EUR">"#,
            "",
        ),
        &["https://kiln.example/a.jpg"],
    );
}

#[test]
fn lazy_ones() {
    let item = |image: &str| {
        page(
            "",
            &format!(
                r#"<div itemscope itemtype="http://schema.org/Product"><b itemprop=name>Blue cup</b>{image}
            <span itemprop=offers itemscope itemtype="http://schema.org/Offer"><span itemprop=price>3</span></span></div>"#
            ),
        )
    };
    check(
        &item(r#"<img itemprop=image src="data:image/gif;base64,R0" data-src="/a.jpg">"#),
        &["https://kiln.example/a.jpg"],
    );
    check(
        &item(r#"<img itemprop=image src="/s.jpg" srcset="/a-300.jpg 300w, /a-900.jpg 900w">"#),
        &["https://kiln.example/a-900.jpg"],
    );
}
