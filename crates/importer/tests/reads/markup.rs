use crate::{check, page};

#[test]
fn microdata() {
    let item = r#"<div itemscope itemtype="TYPE"><span itemprop=name>Blue cup</span><span itemprop=brand>Kiln</span>
        <div itemprop=offers itemscope itemtype="http://schema.org/Offer"><meta itemprop=priceCurrency content=EUR>
        <span itemprop=price content="12.50">12,50 €</span><link itemprop=availability href="http://schema.org/SoldOut"></div></div>"#;
    for kind in [
        "http://schema.org/Product",
        "//schema.org/Product",
        "https://schema.org/product/",
        "http://data-vocabulary.org/Product",
    ] {
        check(
            &page("", &item.replace("TYPE", kind)),
            &[
                ("title", "Blue cup"),
                ("brand", "Kiln"),
                ("price", "12.5"),
                ("currency", "EUR"),
                ("availability", "OutOfStock"),
            ],
        );
    }
    let jsx = item
        .replace("itemprop", "itemProp")
        .replace("itemscope", "itemScope=\"\"")
        .replace("itemtype", "itemType")
        .replace("TYPE", "http://schema.org/Product");
    check(&page("", &jsx), &[("price", "12.5")]);
}

#[test]
fn a_price_inside_a_price() {
    let item = r#"<div itemscope itemtype="http://schema.org/Product"><b itemprop=name>Blue cup</b>
        <div itemprop=offers itemscope itemtype="http://schema.org/Offer"><span itemprop=price>now <i itemprop=price content="35.99">35€ 99</i></span>
        <meta itemprop=priceCurrency content=EUR></div></div>"#;
    check(&page("", item), &[("price", "35.99")]);
}

#[test]
fn properties_elsewhere() {
    let item = r##"<div itemscope itemtype="http://schema.org/Product" itemref="there nowhere"><b itemprop=name>Blue cup</b></div>
        <div id=there><span itemprop=sku>KC-7</span><span itemprop=offers itemscope itemtype="http://schema.org/Offer">
        <span itemprop=price>12.50</span><span itemprop=priceCurrency>EUR</span></span></div>"##;
    check(
        &page("", item),
        &[("sku", "KC-7"), ("price", "12.5"), ("currency", "EUR")],
    );
}

#[test]
fn rdfa() {
    let item = r#"<div vocab="https://schema.org/" typeof="Product"><span property=name>Blue cup</span>
        <div property=offers typeof=Offer><span property=priceCurrency content=USD>$</span><span property=price content="1000.00">1,000.00</span>
        <link property=availability href="https://schema.org/InStock"></div></div>"#;
    check(
        &page("", item),
        &[
            ("title", "Blue cup"),
            ("price", "1000"),
            ("currency", "USD"),
            ("availability", "InStock"),
        ],
    );
}

#[test]
fn microformats() {
    let item = r#"<div class=h-product><span class=p-name>Blue cup</span><span class=p-price>£29.95</span><span class=p-brand>Kiln</span></div>"#;
    check(
        &page("", item),
        &[
            ("title", "Blue cup"),
            ("price", "29.95"),
            ("currency", "GBP"),
            ("brand", "Kiln"),
        ],
    );
}

#[test]
fn scripts_of_the_page() {
    for script in [
        r#"<script id=__NEXT_DATA__ type="application/json">{"props": {"product": {"name": "Blue cup", "price": {"value": 12.5, "currency": "EUR"}, "sku": "KC-7", "brand": {"name": "Kiln"}}}}</script>"#,
        r#"<script>window.dataLayer = window.dataLayer || []; dataLayer.push({'ecommerce': {'currencyCode': 'EUR', 'detail': {'products': [{'name': 'Blue cup', 'id': 'KC-7', 'price': '12.50', 'brand': 'Kiln'}]}}});</script>"#,
        r#"<script>var state = JSON.parse("{\"item\": {\"title\": \"Blue cup\", \"price\": 12.5, \"currency\": \"EUR\", \"sku\": \"KC-7\", \"brand\": \"Kiln\"}}");</script>"#,
    ] {
        let body = format!("{script}<p>12,50 €</p><button>Add to cart</button>");
        check(
            &page("", &body),
            &[
                ("price", "12.5"),
                ("currency", "EUR"),
                ("sku", "KC-7"),
                ("brand", "Kiln"),
            ],
        );
    }
}
