//! The public tables of price texts and article numbers, which are not part of this project.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's way to say that something is wrong"
)]

use std::fs;
use std::path::PathBuf;

use importer::text::identifier::{Kind, classify};
use importer::text::price::{Hints, currency_named, read_beside};
use rust_decimal::Decimal;
use serde_json::Value;

/// The folder of public cases, or nothing after saying so.
fn tables() -> Option<PathBuf> {
    let corpus = std::env::var_os("IMPORT_CORPUS").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/import-corpus"
            ))
        },
        PathBuf::from,
    );
    let folder = corpus.join("strings");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no public corpus at {}", corpus.display());
    None
}

fn rows(path: PathBuf) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("a readable table");
    serde_json::from_str(&text).expect("a table")
}

#[test]
fn price_texts_are_read_like_people_read_them() {
    let Some(folder) = tables() else { return };
    let hints = Hints::default();
    let mut total = 0_u32;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if !entry.file_name().to_string_lossy().starts_with("price") {
            continue;
        }
        for row in rows(entry.path()) {
            total += 1;
            let text = row["price_text"].as_str().unwrap_or_default();
            let beside = row["currency_hint"].as_str().unwrap_or_default();
            let found = read_beside(text, beside, &hints);
            let amount = found.as_ref().map(|found| found.value.normalize());
            let expected = row["amount"]
                .as_str()
                .and_then(|amount| amount.parse::<Decimal>().ok())
                .map(|amount| amount.normalize());
            let currency = match found {
                Some(found) => found.currency,
                None => currency_named(beside, &hints),
            };
            let sign = row["currency"].as_str().unwrap_or_default();
            if amount != expected || currency != currency_named(sign, &hints) {
                wrong.push(format!("{row} gave {amount:?} {currency:?}"));
            }
        }
    }
    assert!(total >= 200, "only {total} rows");
    let allowed = usize::try_from(total / 100).unwrap_or_default();
    assert!(
        wrong.len() <= allowed,
        "{} of {total} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn article_numbers_are_told_by_their_check_digits() {
    let Some(folder) = tables() else { return };
    let rows = rows(folder.join("gtin_classification_cases.json"));
    let mut wrong = Vec::new();
    for row in &rows {
        let text = row[0].as_str().unwrap_or_default();
        let found = classify(text).map(|(kind, _)| match kind {
            Kind::Gtin8 => "gtin8",
            Kind::Gtin12 => "upc",
            Kind::Gtin13 => "gtin13",
            Kind::Gtin14 => "gtin14",
            Kind::Isbn10 => "isbn10",
            Kind::Isbn13 => "isbn13",
            Kind::Ismn => "ismn",
            Kind::Issn => "issn",
        });
        if found != row[1].as_str() {
            wrong.push(format!("{text:?} gave {found:?}, not {}", row[1]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}
