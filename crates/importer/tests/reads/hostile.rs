//! Pages that were made to hurt.

use crate::{ADDRESS, answer, page, read_at, with_json_ld};
use std::time::{Duration, Instant};

/// Generous, because tests run unoptimised and beside each other; each of these took minutes or gigabytes unbounded.
const AT_MOST: Duration = Duration::from_secs(20);

#[track_caller]
fn ends(html: impl Into<Vec<u8>>) {
    let started = Instant::now();
    let _ = read_at(ADDRESS, html);
    assert!(started.elapsed() < AT_MOST, "{:?}", started.elapsed());
}

#[test]
fn nests() {
    ends("<ul><li>".repeat(64 * 1024));
    ends("<div>".repeat(200_000));
    ends("<span><div></span>".repeat(50_000));
    ends("<table><tr><td>".repeat(50_000));
    ends("<svg><g>".repeat(60_000));
}

#[test]
fn letters_that_never_end() {
    let fonts: String = (0..20_000).map(|n| format!("<font size={n}>")).collect();
    ends(format!("<p>{fonts}{}", "<p>x".repeat(50_000)));
    ends("<b><p>".repeat(60_000));
}

#[test]
fn data_without_a_bottom() {
    for opening in ["[", "{\"a\":", "[{\"@graph\":"] {
        ends(with_json_ld(&opening.repeat(100_000)));
        ends(page(
            "",
            &format!("<script>var x = {}</script>", opening.repeat(100_000)),
        ));
    }
    ends(page(
        "",
        &format!("<script>{}</script>", "f({".repeat(200_000)),
    ));
    ends(with_json_ld(&format!(
        "[{}]",
        "{\"@type\":\"Product\"},".repeat(60_000)
    )));
}

#[test]
fn references_in_a_circle() {
    ends(with_json_ld(
        r##"{"@graph": [{"@id": "#a", "@type": "Product", "name": "Blue cup", "offers": {"@id": "#b"}}, {"@id": "#b", "@type": "Offer", "price": 1, "itemOffered": {"@id": "#a"}, "offers": {"@id": "#b"}}]}"##,
    ));
    let circle = "<div id=a itemscope itemtype='http://schema.org/Product' itemref='b a'><i itemprop=name>x</i></div><div id=b itemprop=offers itemscope itemref='a b'></div>";
    ends(page("", circle));
}

#[test]
fn no_script_and_no_trick_comes_through() {
    let name = r#"Blue\u202e\u0000 <script>alert(1)<\/script><svg onload=alert(2)>cup</svg>"#;
    let description = r#"<p onclick='x()'>Good</p><a href='javascript:x()'>a</a><a href='https://kiln.example/'>b</a><img src='data:x'><iframe src='https://x.example'></iframe><style>p{}</style>"#;
    let json = format!(
        r#"{{"@type": "Product", "name": "{name}", "description": "{description}", "sku": "<img src=x>KC-7", "offers": {{"price": "<b>3</b>", "priceCurrency": "EUR"}}}}"#
    );
    let draft = read_at(ADDRESS, with_json_ld(&json)).expect("a draft");
    let title = draft.title.expect("a title").value;
    assert!(
        !title.contains(['<', '\0', '\u{202e}']) && !title.contains("alert"),
        "{title}"
    );
    let text = draft.description.expect("a description").value.text;
    for bad in [
        "<",
        "onclick",
        "javascript:",
        "data:",
        "iframe",
        "p{}",
        "script",
    ] {
        assert!(!text.contains(bad), "{bad} in {text}");
    }
    assert!(text.starts_with("Good"), "{text}");
    assert_eq!(draft.sku.expect("a number").value, "KC-7");
    assert_eq!(draft.price.expect("a price").value.value.to_string(), "3");
}

#[test]
fn any_bytes_at_all() {
    let whole = with_json_ld(
        r#"{"@type": "Product", "name": "Blue cup", "offers": {"price": 3, "priceCurrency": "EUR"}}"#,
    );
    for end in 0..whole.len() {
        let _ = read_at(ADDRESS, &whole.as_bytes()[..end]);
    }
    assert_eq!(answer(&whole).price.as_deref(), Some("3"));
}
