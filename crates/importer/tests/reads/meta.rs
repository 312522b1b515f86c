use crate::{check, page};

const BUY: &str = "<button>Add to cart</button>";

#[test]
fn tags_by_property_and_by_name() {
    for tags in [
        r#"<meta property="og:type" content="product"><meta property="product:price:amount" content="12.50"><meta property="product:price:currency" content="EUR">"#,
        r#"<meta name="og:type" content="product"><meta name="og:price:amount" content="12,50"><meta name="og:price:currency" content="EUR">"#,
        "<meta property=\"og:type\" content=\"og:product\"><meta\nproperty=\"product:price:amount\"\ncontent=\"12.50\"><meta property='og:product:price:currency' content='EUR'>",
    ] {
        check(
            &page(tags, BUY),
            &[
                ("title", "Blue cup"),
                ("price", "12.5"),
                ("currency", "EUR"),
            ],
        );
    }
}

#[test]
fn sale_and_original() {
    let tags = r#"<meta property="og:type" content="product"><meta property="product:price:amount" content="1148.00"><meta property="product:price:currency" content="PLN">
        <meta property="product:sale_price:amount" content="997.00"><meta property="product:original_price:amount" content="1148.00">"#;
    check(
        &page(tags, BUY),
        &[
            ("price", "997"),
            ("compare_at_price", "1148"),
            ("currency", "PLN"),
        ],
    );
}

#[test]
fn three_prices_for_three_sizes() {
    let tags: String = ["12.50", "15.00", "18.00"]
        .iter()
        .map(|price| format!(r#"<meta property="product:price:amount" content="{price}"><meta property="product:price:currency" content="EUR">"#))
        .collect();
    check(
        &page(
            &format!(r#"<meta property="og:type" content="product">{tags}"#),
            BUY,
        ),
        &[("price", "12.5"), ("compare_at_price", "-")],
    );
}

#[test]
fn the_shops_name_is_not_the_titles() {
    let html = r#"<html><head><meta property="og:title" content="Blue cup | Kiln"><meta property="og:site_name" content="Kiln"><meta property="og:type" content="product">
        <meta property="product:price:amount" content="12.50"><meta property="product:price:currency" content="EUR"></head><body><button>Add to cart</button></body></html>"#;
    check(html, &[("title", "Blue cup")]);
}

#[test]
fn the_pages_own_address() {
    let price = r#"<meta property="og:type" content="product"><meta property="product:price:amount" content="12.50"><meta property="product:price:currency" content="EUR">"#;
    for (tag, right) in [
        (
            r#"<link rel="canonical" href="/shop/cup?utm_source=x&id=7">"#,
            "https://kiln.example/shop/cup?id=7",
        ),
        (
            r#"<meta property="og:url" content="https://www.kiln.example/shop/cup/">"#,
            "https://www.kiln.example/shop/cup/",
        ),
        (
            r#"<meta property="og:url" content="https://kiln.example/cup.jpg">"#,
            crate::ADDRESS,
        ),
        (
            r#"<link rel="canonical" href="https://elsewhere.example/cup">"#,
            crate::ADDRESS,
        ),
        (r#"<link rel="canonical" href="/">"#, crate::ADDRESS),
    ] {
        check(
            &page(&format!("{price}{tag}"), BUY),
            &[("canonical_url", right)],
        );
    }
}
