//! Pages without a word of markup for machines, read as a person reads them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's way to say that something is wrong"
)]

use importer::sources::visible;
use importer::{Document, Reading};
use url::Url;

/// What a page shows, by name; only the named fields are compared.
type Facts<'a> = &'a [(&'a str, &'a str)];

fn read(host: &str, html: &str) -> Reading {
    let url = Url::parse(&format!("https://{host}/p/bowl")).expect("an address");
    let document = Document::from_text(html);
    visible::read(&document, &url)
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("nothing seen in {html}"))
}

fn check_on(host: &str, body: &str, expected: Facts) {
    let title = "<title>Stoneware Bowl Moss - Kiln &amp; Clay</title>";
    let reading = read(
        host,
        &format!("<html><head>{title}</head><body>{body}</body></html>"),
    );
    let amount = |amount: &Option<importer::Amount>| {
        amount.as_ref().map(|amount| {
            let code = amount.currency.clone().unwrap_or_default();
            format!("{} {code}", amount.value.normalize())
                .trim_end()
                .to_owned()
        })
    };
    for (field, value) in expected {
        let found = match *field {
            "title" => reading.title.clone(),
            "price" => amount(&reading.price),
            "high" => amount(&reading.price_high),
            "list" => amount(&reading.list_price),
            "availability" => reading.availability.map(|said| said.as_str().to_owned()),
            "brand" => reading.brand.clone(),
            "sku" => reading.sku.clone(),
            "gtin" => reading.gtin.clone(),
            "mpn" => reading.mpn.clone(),
            "images" => Some(reading.images.join(" ")),
            "category" => Some(reading.category.join(" > ")),
            "variants" => Some(
                reading
                    .variants
                    .iter()
                    .flat_map(|variant| &variant.options)
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            _ => panic!("no field {field}"),
        };
        assert_eq!(found.unwrap_or_default(), *value, "{field} of {body}");
    }
}

fn check(body: &str, expected: Facts) {
    check_on("shop.example.com", body, expected);
}

#[test]
fn the_price_stands_by_the_name_and_the_button() {
    check(
        r#"<header><a class="cart">Cart: $0.00</a><p>Free shipping over $50</p></header>
        <main><h1>Stoneware Bowl Moss</h1><div class="price">$24.00</div>
        <button>Add to cart</button></main>"#,
        &[
            ("title", "Stoneware Bowl Moss"),
            ("price", "24 USD"),
            ("availability", "InStock"),
        ],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><table><tr><td>Our price</td><td><b>£24.00</b></td></tr></table>
        <form><input type="submit" value="Add to basket"></form>"#,
        &[("price", "24 GBP")],
    );
}

#[test]
fn a_crossed_out_price_is_the_list_price() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><p class="price"><del><span class="amount">€30,00</span></del>
        <ins><span class="amount">€24,00</span></ins></p><button>In den Warenkorb</button>"#,
        &[("price", "24 EUR"), ("list", "30 EUR")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div class="prices"><span class="price-was">Was £30.00</span>
        <span class="price-now">Now £24.00</span> <span class="saving">Save £6.00</span></div>"#,
        &[("price", "24 GBP"), ("list", "30 GBP")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div><span>UVP</span> <span>30,00 €</span></div>
        <div class="preis"><strong>24,00 €</strong> inkl. MwSt. zzgl. Versandkosten</div>"#,
        &[("price", "24 EUR"), ("list", "30 EUR")],
    );
    // A name is not enough: with no other price, this is it.
    check(
        r#"<h1>Stoneware Bowl Moss</h1><span class="price-old-live">24,00 €</span>"#,
        &[("price", "24 EUR"), ("list", "")],
    );
}

#[test]
fn cents_may_be_small_and_signs_apart() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div class="product-price"><span class="currency">$</span><span>24</span><sup>50</sup></div>"#,
        &[("price", "24.5 USD")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><span class="prijs"><span>24,</span><span class="cents">50</span> €</span>"#,
        &[("price", "24.5 EUR")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div class="cena"><span class="integer">24</span><span class="decimal">50</span><span>zł</span></div>"#,
        &[("price", "24.5 PLN")],
    );
}

#[test]
fn amounts_beside_the_price_are_not_it() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div class="price">24,00 €</div><div class="unit-price">12,00 € / kg</div>
        <div class="installments">3 x 8,00 €</div><div class="shipping">Versand 4,90 €</div><button>Kaufen</button>"#,
        &[("price", "24 EUR")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><div>12,00 € / kg</div><div>24,00 €</div>
        <p>Lieferung: 4,90 €</p><button class="btn">In den Warenkorb</button>"#,
        &[("price", "24 EUR")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><p>Request a quote</p>
        <div class="related"><div class="price">$9.00</div></div>"#,
        &[("price", "")],
    );
}

#[test]
fn other_products_on_the_page_are_not_it() {
    let card = |name: &str, price: &str| {
        format!(
            r#"<li class="entry"><a href="/{name}"><img src="/{name}.jpg">{name}</a><span class="price">{price}</span></li>"#
        )
    };
    let cards = [
        card("plate", "$9.00"),
        card("mug", "$8.00"),
        card("jug", "$30.00"),
    ]
    .concat();
    check(
        &format!(
            r#"<section><h3>You may also like</h3><ul>{cards}</ul></section>
            <h1>Stoneware Bowl Moss</h1><span class="price">$24.00</span><button>Add to cart</button>"#
        ),
        &[("price", "24 USD"), ("images", "")],
    );
    check(
        &format!(r#"<h1>Stoneware Bowl Moss</h1><p>Sold out</p><ul>{cards}</ul>"#),
        &[("price", ""), ("availability", "OutOfStock")],
    );
}

#[test]
fn a_range_has_two_ends() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><p class="price">$24.00 – $36.00</p>"#,
        &[("price", "24 USD"), ("high", "36 USD")],
    );
}

#[test]
fn the_country_tells_the_dollar() {
    check_on(
        "tienda.example.cl",
        r#"<h1>Stoneware Bowl Moss</h1><p class="precio">$24.990</p>"#,
        &[("price", "24990 CLP")],
    );
}

#[test]
fn a_small_ad_says_its_price_in_the_heading() {
    check(
        r#"<h1><a href="/login" class="fav">Log in needed</a> $24 · Stoneware Bowl Moss</h1>"#,
        &[("title", "Stoneware Bowl Moss"), ("price", "24 USD")],
    );
}

#[test]
fn the_name_is_the_heading_that_the_title_repeats() {
    check(
        r#"<h1>My account</h1><h1>Your cart is empty</h1><h1>Stoneware Bowl Moss</h1>"#,
        &[("title", "Stoneware Bowl Moss")],
    );
    check(
        r#"<h2 class="product-name">Stoneware Bowl Moss</h2><h2>Delivery and returns</h2>"#,
        &[("title", "Stoneware Bowl Moss")],
    );
}

#[test]
fn a_button_or_a_notice_says_that_it_is_sold_out() {
    let page =
        |buy: &str| format!(r#"<h1>Stoneware Bowl Moss</h1><p class="price">$24.00</p>{buy}"#);
    let gone = &[("availability", "OutOfStock")];
    check(&page("<button disabled>Sold out</button>"), gone);
    check(&page("<button>Notify me when available</button>"), gone);
    check(
        &page("<p class='stock out-of-stock'>Out of stock</p>"),
        gone,
    );
    check(
        &page("<div class='availability'>Nicht auf Lager</div>"),
        gone,
    );
    check(&page("<span class='badge'>Ausverkauft</span>"), gone);
    check(&page("<p>Agotado</p>"), gone);
    check(
        &page("<div class='dostupnost'>Není skladem</div><button>Hlídat dostupnost</button>"),
        gone,
    );

    check(
        &page(
            "<ul class='availability-box'><li class='availability-box-item'><strong>This product can't be bought at the \
             moment: not available, but it can be reserved</strong></li><li class='availability-box-item'>\
             <span>Available in <a href='/shops'>1 shop</a></span></li></ul>\
             <div class='cta'><button disabled><span class='btn-inner'>Add to cart</span></button></div>",
        ),
        gone,
    );

    let here = &[("availability", "InStock")];
    check(
        &page(
            "<button>Add to cart</button><table><tr><td>Another shop</td><td><b>Out of stock</b></td>\
             <td><a class='button' href='https://other.example/'>Out of stock</a></td></tr></table>",
        ),
        here,
    );
    check(
        &page("<p class='stock'>12 in stock</p><button>Add to cart</button>"),
        here,
    );
    check(
        &page("<button class='add-to-cart'>Ajouter au panier</button>"),
        here,
    );
    // Another size is gone; a text for each state; a notice that is hidden.
    check(
        &page(
            "<select name='size'><option>S - sold out</option><option>M</option></select><button>Add to cart</button>",
        ),
        here,
    );
    check(
        &page("<button class='buy'><span>Add to cart</span><span>Sold out</span></button>"),
        here,
    );
    check(
        &page(
            "<p class='stock' style='display: none'>Out of stock</p><button>Add to cart</button>",
        ),
        here,
    );
    check(&page(""), &[("availability", "")]);
}

#[test]
fn facts_stand_in_tables_lists_and_lines() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><table>
        <tr><th>Brand</th><td>Kiln &amp; Clay</td></tr><tr><th>SKU</th><td>KC-204</td></tr>
        <tr><th>EAN</th><td>4006381333931</td></tr><tr><th>Model number</th><td>MOSS-24</td></tr></table>"#,
        &[
            ("brand", "Kiln & Clay"),
            ("sku", "KC-204"),
            ("gtin", "4006381333931"),
            ("mpn", "MOSS-24"),
        ],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><dl><dt>Hersteller</dt><dd>Kiln</dd><dt>Artikelnummer:</dt><dd>77 120</dd></dl>"#,
        &[("brand", "Kiln"), ("sku", "77 120")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><ul><li><strong>Výrobce:</strong> Kiln</li><li>Kód: KC204</li></ul>"#,
        &[("brand", "Kiln"), ("sku", "KC204")],
    );
    check(
        r#"<h1>Stoneware Bowl Moss</h1><span class="product-sku">Item No. KC-204</span><a href="/brands/kiln">Kiln</a>"#,
        &[("brand", "Kiln"), ("sku", "KC-204")],
    );
}

#[test]
fn a_brand_page_may_name_a_part_of_the_heading() {
    check(
        r#"<nav><a href="/marcas/moss">Moss</a><a href="/marcas/fern">Fern</a></nav><h1>Stoneware Bowl Moss</h1>"#,
        &[("brand", "Moss")],
    );
}

#[test]
fn the_gallery_is_shown_large() {
    check(
        r#"<img src="/logo.png"><h1>Stoneware Bowl Moss</h1><div class="product-gallery">
        <a href="/bowl-1-large.jpg"><img src="/bowl-1-small.jpg" alt="Stoneware Bowl Moss"></a>
        <img data-src="/bowl-2.jpg" src="data:image/gif;base64,R0lGOD"><img srcset="/bowl-3-200.jpg 200w, /bowl-3-800.jpg 800w">
        </div><img src="/payment/visa.png"><img src="/sprite.svg">"#,
        &[("images", "/bowl-1-large.jpg /bowl-2.jpg /bowl-3-800.jpg")],
    );
}

#[test]
fn the_trail_leaves_out_home_and_the_product() {
    check(
        r#"<ul class="breadcrumb"><li><a href="/">Start</a></li><li><a href="/kitchen">Kitchen</a></li>
        <li><a href="/kitchen/bowls">Bowls</a></li><li><a href="/p/bowl">Stoneware Bowl Moss</a></li></ul><h1>Stoneware Bowl Moss</h1>"#,
        &[("category", "Kitchen > Bowls")],
    );
}

#[test]
fn one_thing_to_choose_makes_variants() {
    check(
        r#"<h1>Stoneware Bowl Moss</h1><form><label for="s">Size</label><select id="s" name="size">
        <option value="">Choose</option><option value="1">Small</option><option value="2">Large (sold out)</option></select>
        <select name="quantity"><option>1</option><option>2</option></select><button>Add to cart</button></form>"#,
        &[("variants", "Size=Small Size=Large")],
    );
}
