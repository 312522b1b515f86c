use crate::{check, check_at, page, with_json_ld};

const RIGHT: &[(&str, &str)] = &[
    ("title", "Blue cup"),
    ("price", "12.5"),
    ("currency", "EUR"),
    ("availability", "InStock"),
];
const OFFER: &str = r#"{"@type": "Offer", "price": "12.50", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}"#;

#[test]
fn every_shape_of_a_product() {
    for json in [
        format!(r#"{{"@type": "Product", "name": "Blue cup", "offers": {OFFER}}}"#),
        format!(r#"{{"@type": ["Product", "Cup"], "name": "Blue cup", "Offers": [{OFFER}]}}"#),
        format!(r#"[{{"@type": "Product", "name": "Blue cup", "offers": {OFFER}}}]"#),
        format!(r#"{{"@graph": [{{"@type": "WebSite"}}, {{"@type": "http://schema.org/Product", "name": "Blue cup", "offers": {OFFER}}}]}}"#),
        format!(r#"{{"@type": "Review", "itemReviewed": {{"@type": "Product", "name": "Blue cup", "offers": {OFFER}}}}}"#),
        format!(r#"{{"@type": "WebPage", "mainEntity": {{"@type": "Product", "name": ["Blue cup"], "offers": {OFFER}}}}}"#),
        format!(r##"{{"@graph": [{{"@type": "Product", "name": "Blue cup", "offers": {{"@id": "#o"}}}}, {{"@id": "#o", {}]}}"##, &OFFER[1..]),
        r#"{"@type": "Product", "name": "Blue cup", "offers": {"@type": "AggregateOffer", "lowPrice": 12.5, "highPrice": 20, "priceCurrency": "EUR", "offers": [{"@type": "Offer", "availability": "InStock"}]}}"#.to_owned(),
        r#"{"@type": "Product", "name": "Blue cup", "offers": {"@type": "Offer", "priceSpecification": {"price": 12.5, "priceCurrency": "EUR"}, "availability": " http://schema.org/ instock "}}"#.to_owned(),
        format!(r#"{{"@type": "Offer", "itemOffered": {{"@type": "Product", "name": "Blue cup"}}, {}"#, &OFFER["{\"@type\": \"Offer\", ".len()..]),
    ] {
        check(&with_json_ld(&json), RIGHT);
    }
}

#[test]
fn every_kind_of_damage() {
    let product = format!(r#""@type": "Product", "name": "Blue cup", "offers": {OFFER}"#);
    for script in [
        format!("{{{product},}}"),
        format!("{{{product}}};"),
        format!("// a note\n{{{product} /* another */}}"),
        format!("<!-- {{{product}}} -->"),
        format!("//<![CDATA[\n{{{product}}}\n//]]>"),
        format!("{{\"description\": \"two\nlines\t\", {product}}}"),
        format!("{{\"description\": \"6\" high\", {product}}}"),
        format!("{{{product}"),
        format!("{{{}}}", product.replace('"', "&quot;")),
    ] {
        check(&with_json_ld(&script), RIGHT);
    }
    let after_empty = format!(
        "<script type='application/ld+json'></script><script type='application/ld+json; charset=utf-8'>{{{product}}}</script>"
    );
    check(&page(&after_empty, ""), RIGHT);
}

#[test]
fn no_offer_no_price() {
    for offers in [
        "{}",
        "[]",
        "null",
        r#"{"@type": "Offer"}"#,
        r#"{"@type": "Offer", "price": "0.00", "priceCurrency": "EUR"}"#,
        r#"{"@type": "Offer", "price": ""}"#,
    ] {
        let json = format!(r#"{{"@type": "Product", "name": "Blue cup", "offers": {offers}}}"#);
        check(
            &with_json_ld(&json),
            &[("title", "Blue cup"), ("price", "-")],
        );
    }
}

#[test]
fn strings_are_decoded_once_or_twice() {
    let json = r#"{"@type": "Product", "name": "Blue &amp;amp; <b>white</b> cup", "brand": {"@type": "Brand", "name": "Kiln &amp; Clay"}, "offers": {"price": 3, "priceCurrency": "EUR"}}"#;
    check(
        &with_json_ld(json),
        &[("title", "Blue & white cup"), ("brand", "Kiln & Clay")],
    );
}

#[test]
fn identifiers() {
    let json = r#"{"@type": "Product", "name": "Blue cup", "sku": "KC-7", "mpn": "0815", "gtin13": "4006381333931", "offers": {"price": 3, "priceCurrency": "EUR"}}"#;
    check(
        &with_json_ld(json),
        &[("sku", "KC-7"), ("mpn", "0815"), ("gtin", "4006381333931")],
    );
    let wrong = json.replace("4006381333931", "4006381333932");
    check(&with_json_ld(&wrong), &[("gtin", "-")]);
    let in_product_id = r#"{"@type": "Product", "name": "Blue cup", "productID": "sku:KC-7", "offers": {"price": 3}}"#;
    check(&with_json_ld(in_product_id), &[("sku", "KC-7")]);
}

#[test]
fn of_many_variants_the_address_picks() {
    let variants: Vec<String> = (0..168)
        .map(|n| {
            format!(
                r#"{{"@type": "Product", "name": "Blue cup {n}", "sku": "KC-{n}", "size": "{n}", "url": "{}?variant={n}", "offers": {{"@type": "Offer", "price": {}, "priceCurrency": "EUR", "availability": "{}"}}}}"#,
                crate::ADDRESS,
                100 + n,
                if n == 77 { "OutOfStock" } else { "InStock" }
            )
        })
        .collect();
    let json = format!(
        r#"{{"@type": "ProductGroup", "name": "Blue cup", "hasVariant": [{}]}}"#,
        variants.join(",")
    );
    let html = with_json_ld(&json);
    check_at(
        &format!("{}?variant=77", crate::ADDRESS),
        &html,
        &[
            ("price", "177"),
            ("sku", "KC-77"),
            ("availability", "OutOfStock"),
            ("variant_count", "168"),
        ],
    );
    check(&html, &[("price", "100"), ("availability", "InStock")]);
}
