//! Of many products on a page, the right one.

use crate::{check, check_at, page};

fn product(name: &str, price: u32, more: &str) -> String {
    format!(
        r#"{{"@type": "Product", "name": "{name}", "offers": {{"price": {price}, "priceCurrency": "EUR"}}{more}}}"#
    )
}

#[test]
fn related_things_come_first() {
    let json = format!(
        "[{}, {}, {}]",
        product("Red plate", 9, ""),
        product("Blue cup", 3, ""),
        product("Green bowl", 7, "")
    );
    check(
        &page(
            &format!("<script type='application/ld+json'>{json}</script>"),
            "",
        ),
        &[("title", "Blue cup"), ("price", "3")],
    );
}

#[test]
fn related_things_come_inside() {
    let json = product(
        "Blue cup",
        3,
        &format!(
            r#", "isRelatedTo": [{}]"#,
            product("Blue cup, large", 9, "")
        ),
    );
    check(
        &page(
            &format!("<script type='application/ld+json'>{json}</script>"),
            "",
        ),
        &[("title", "Blue cup"), ("price", "3")],
    );
}

#[test]
fn the_address_tells() {
    let one = product(
        "Tasse",
        3,
        r#", "url": "https://kiln.example/shop/blue-cup?ref=1""#,
    );
    let other = product(
        "Teller",
        9,
        r#", "url": "https://kiln.example/shop/red-plate""#,
    );
    let html = page(
        &format!("<script type='application/ld+json'>[{other}, {one}]</script>"),
        "",
    );
    check(&html, &[("title", "Tasse"), ("price", "3")]);
}

#[test]
fn dozens_of_items() {
    let items: String = (0..40)
        .map(|n| {
            let name = if n == 30 { "Blue cup".to_owned() } else { format!("Plate {n}") };
            format!(
                r#"<div itemscope itemtype="http://schema.org/Product"><b itemprop=name>{name}</b><span itemprop=offers itemscope itemtype="http://schema.org/Offer">
                <span itemprop=price content="{}">x</span><meta itemprop=priceCurrency content=EUR></span></div>"#,
                n + 1
            )
        })
        .collect();
    check(&page("", &items), &[("title", "Blue cup"), ("price", "31")]);
}

#[test]
fn a_number_that_the_address_and_the_page_have() {
    let html = page(
        &format!(
            "<script type='application/ld+json'>{}</script>",
            product("Blue cup", 3, "")
        ),
        "<form><input type=hidden name=item value=B01MUGXRT9><input type=hidden name=id value=40112></form>",
    );
    check_at(
        "https://kiln.example/cup-40112.html",
        &html,
        &[("sku", "40112")],
    );
    check_at(
        "https://kiln.example/dp/B01MUGXRT9",
        &html,
        &[("sku", "B01MUGXRT9")],
    );
    check_at(
        "https://kiln.example/shop/blue-cup-77777",
        &html,
        &[("sku", "-")],
    );
}
