//! Small pages, each with one thing that real shops do, and what has to be read from them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test's way to say that something is wrong"
)]

mod availability;
mod batch;
mod bytes;
mod hostile;
mod json_ld;
mod markup;
mod meta;
mod other_pages;
mod pictures;
mod platforms;
mod prices;
mod whose;

use importer::batch::Answer;
use importer::{Draft, NotADraft, Page, extract};
use url::Url;

const ADDRESS: &str = "https://kiln.example/shop/blue-cup";

/// A page of a small shop: a heading, and whatever a test puts into head and body.
fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Blue cup | Kiln</title>{head}</head>\
         <body><h1>Blue cup</h1>{body}</body></html>"
    )
}

/// The same with JSON-LD, and nothing to see but the heading.
fn with_json_ld(json: &str) -> String {
    page(
        &format!("<script type=\"application/ld+json\">{json}</script>"),
        "",
    )
}

fn read_at(address: &str, html: impl Into<Vec<u8>>) -> Result<Draft, NotADraft> {
    let url = Url::parse(address).expect("a test's address");
    extract(&Page {
        url,
        content_type: None,
        bytes: html.into(),
    })
}

fn answer(html: &str) -> Answer {
    importer::batch::answer(String::new(), &read_at(ADDRESS, html))
}

/// Reads a page, and compares the fields that are named; `-` stands for nothing found.
#[track_caller]
fn check(html: &str, expected: &[(&str, &str)]) {
    check_at(ADDRESS, html, expected);
}

#[track_caller]
fn check_at(address: &str, html: &str, expected: &[(&str, &str)]) {
    let read = read_at(address, html);
    let answer =
        serde_json::to_value(importer::batch::answer(String::new(), &read)).expect("an answer");
    for (field, right) in expected {
        let given = match &answer[*field] {
            serde_json::Value::Null => "-".to_owned(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(&given, right, "{field} of {html}\n{read:#?}");
    }
}
