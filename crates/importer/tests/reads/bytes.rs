use crate::{ADDRESS, read_at};
use importer::{Page, extract};
use url::Url;

fn price_of(bytes: Vec<u8>, content_type: Option<&str>) -> (String, Option<String>) {
    let page = Page {
        url: Url::parse(ADDRESS).unwrap(),
        content_type: content_type.map(str::to_owned),
        bytes,
    };
    let amount = extract(&page)
        .expect("a draft")
        .price
        .expect("a price")
        .value;
    (amount.value.to_string(), amount.currency)
}

fn html(head: &str, price: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<html><head>{head}<title>Blue cup</title></head><body><h1>Blue cup</h1><div class=product><span class=price>").into_bytes();
    bytes.extend_from_slice(price);
    bytes.extend_from_slice(b"</span><button>Add to cart</button></div></body></html>");
    bytes
}

#[test]
fn pounds_in_latin_1() {
    let right = ("12.50".to_owned(), Some("GBP".to_owned()));
    assert_eq!(
        price_of(
            html("", b"\xa312.50"),
            Some("text/html; charset=ISO-8859-1")
        ),
        right
    );
    assert_eq!(
        price_of(html("<meta charset=iso-8859-1>", b"\xa312.50"), None),
        right
    );
    let late = format!(
        "<!-- {} --><meta http-equiv=Content-Type content='text/html; charset=windows-1252'>",
        "x".repeat(2000)
    );
    assert_eq!(price_of(html(&late, b"\xa312.50"), None), right);
    assert_eq!(price_of(html("", b"\xa312.50"), None), right);
}

#[test]
fn a_header_that_lies_about_utf_8() {
    let price = "£12.50".as_bytes();
    let right = ("12.50".to_owned(), Some("GBP".to_owned()));
    assert_eq!(
        price_of(html("", price), Some("text/html; charset=ISO-8859-1")),
        right
    );
}

#[test]
fn sixteen_bits() {
    let text = String::from_utf8(html("", "£12.50".as_bytes())).unwrap();
    let bytes = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(price_of(bytes, None).0, "12.50");
}

#[test]
fn pictures_are_not_pages() {
    for bytes in [
        &b"\x89PNG\r\n\x1a\n"[..],
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04",
    ] {
        assert_eq!(read_at(ADDRESS, bytes), Err(importer::NotADraft::NotHtml));
    }
}

#[test]
fn three_megabytes() {
    let mut page = html("", "£12.50".as_bytes());
    page.extend("<p>and so on</p>".repeat(180_000).into_bytes());
    assert_eq!(price_of(page, None).0, "12.50");
}
