use crate::{check, page, with_json_ld};

#[test]
fn every_spelling() {
    for (word, right) in [
        ("http://schema.org/InStock", "InStock"),
        ("http://schema.org/ instock ", "InStock"),
        ("InStock", "InStock"),
        ("Outofstock", "OutOfStock"),
        ("SoldOut", "OutOfStock"),
        ("https://schema.org/PreOrder", "PreOrder"),
        ("https://schema.org/BackOrder", "BackOrder"),
        ("https://schema.org/InStoreOnly", "InStoreOnly"),
        ("https://schema.org/Discontinued", "Discontinued"),
    ] {
        let json = format!(
            r#"{{"@type": "Product", "name": "Blue cup", "offers": {{"price": 3, "priceCurrency": "EUR", "availability": "{word}"}}}}"#
        );
        check(&with_json_ld(&json), &[("availability", right)]);
    }
}

const IN_STOCK: &str = r#"<script type="application/ld+json">{"@type": "Product", "name": "Blue cup", "offers": {"price": 3, "priceCurrency": "EUR", "availability": "InStock"}}</script>"#;

#[test]
fn a_sold_out_page_beats_its_markup() {
    let html = page(
        IN_STOCK,
        "<div class=product><span class=price>3,00 €</span><p class=stock>Sold out</p><button disabled>Sold out</button></div>",
    );
    check(&html, &[("availability", "OutOfStock")]);
}

#[test]
fn one_variant_in_stock_is_in_stock() {
    let json = r#"{"@type": "Product", "name": "Blue cup", "offers": [{"price": 3, "priceCurrency": "EUR", "sku": "a", "availability": "OutOfStock"}, {"price": 4, "priceCurrency": "EUR", "sku": "b", "availability": "InStock"}]}"#;
    check(
        &with_json_ld(json),
        &[
            ("availability", "InStock"),
            ("price", "4"),
            ("variant_count", "2"),
        ],
    );
}
