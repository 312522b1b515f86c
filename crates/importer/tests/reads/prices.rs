use crate::{check, check_at, page, with_json_ld};

#[test]
fn as_people_write_them() {
    for (address, text, value, currency) in [
        ("https://tienda.cl/p/taza", "$24.990", "24990", "CLP"),
        ("https://kiln.example/p/cup", "35€ 99", "35.99", "EUR"),
        ("https://laden.ch/p/tasse", "CHF 1'049.95", "1049.95", "CHF"),
        ("https://laden.de/p/tasse", "1.299,00 €", "1299", "EUR"),
        ("https://shop.kw/p/cup", "KWD 12.500", "12.5", "KWD"),
        (
            "https://shop.ae/p/cup",
            "AED 8000 (USD 2179)",
            "8000",
            "AED",
        ),
    ] {
        let html = page(
            "",
            &format!(
                "<div class=product><span class=price>{text}</span><button>Add to cart</button></div>"
            ),
        );
        check_at(address, &html, &[("price", value), ("currency", currency)]);
    }
}

#[test]
fn a_meta_tag_with_a_comma_is_a_number_still() {
    let html = page(
        r#"<meta property="product:price:amount" content="43,90"><meta property="product:price:currency" content="EUR">
           <script type="application/ld+json">{"@type": "Product", "name": "Blue cup", "offers": {"price": "43.90", "priceCurrency": "EUR"}}</script>"#,
        "",
    );
    check(&html, &[("price", "43.9")]);
}

#[test]
fn not_the_crossed_out_one() {
    let html = page(
        "",
        "<div class=product><del>20,00 €</del> <ins class=price>12,50 €</ins><button>Add to cart</button></div>",
    );
    check(&html, &[("price", "12.5"), ("compare_at_price", "20")]);
}

#[test]
fn markup_with_the_list_price_loses_to_what_is_shown() {
    let html = page(
        r#"<script type="application/ld+json">{"@type": "Product", "name": "Blue cup", "offers": {"price": 20, "priceCurrency": "EUR"}}</script>"#,
        "<div class=product><del class=old-price>20,00 €</del> <span class=price>12,50 €</span><button>Add to cart</button></div>",
    );
    check(&html, &[("price", "12.5"), ("compare_at_price", "20")]);
}

#[test]
fn list_prices_in_specifications() {
    check(
        &with_json_ld(
            r#"{"@type": "Product", "name": "Blue cup", "offers": {"@type": "Offer", "priceSpecification": [
            {"price": 20, "priceCurrency": "EUR", "priceType": "https://schema.org/StrikethroughPrice"}, {"price": 12.5, "priceCurrency": "EUR"},
            {"price": 50, "priceCurrency": "EUR", "referenceQuantity": {"value": 1, "unitCode": "KGM"}}]}}"#,
        ),
        &[("price", "12.5"), ("compare_at_price", "20")],
    );
}

#[test]
fn neither_a_unit_price_nor_an_instalment() {
    for beside in [
        "<small class=unit-price>25,00 € / kg</small>",
        "<span>4 × 3,13 €</span>",
        "<span>oder 3,13 € / Monat</span>",
    ] {
        let html = page(
            "",
            &format!(
                "<div class=product><span class=price>12,50 €</span> {beside}<button>In den Warenkorb</button></div>"
            ),
        );
        check(&html, &[("price", "12.5")]);
    }
}

#[test]
fn thousands_that_data_lost() {
    let html = page(
        r#"<script type="application/ld+json">{"@type": "Product", "name": "Blue cup", "offers": {"price": "24.990", "priceCurrency": "CLP"}}</script>"#,
        "<div class=product><span class=price>$24.990</span><button>Agregar al carro</button></div>",
    );
    check_at(
        "https://tienda.cl/p/taza",
        &html,
        &[("price", "24990"), ("currency", "CLP")],
    );
}
